/**
 * Formats the results of runs as console text and JSON. Reports depend only on verdicts and traces.
 */
package raftlab.report;
