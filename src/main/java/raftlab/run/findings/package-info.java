/** What came of many runs: how many there were, and those that did not pass, by their causes. */
package raftlab.run.findings;
