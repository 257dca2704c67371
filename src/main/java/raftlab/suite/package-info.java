/** Named suites of scenarios: how they are found and read, played side by side, and counted. */
package raftlab.suite;
