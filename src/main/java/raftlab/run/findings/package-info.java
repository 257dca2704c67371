/** Counts the outcomes of many runs and groups the failures by cause. */
package raftlab.run.findings;
