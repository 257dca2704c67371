/**
 * What people and programs read about runs: console text and JSON. Reports read verdicts and
 * traces, and nothing else.
 */
package raftlab.report;
