/** Counts the figures of a run from its trace, and selects its rare events. */
package raftlab.judge.figures;
