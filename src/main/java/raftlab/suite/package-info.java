/** Suites of scenarios: finds and reads them, plays their runs in parallel, and counts results. */
package raftlab.suite;
