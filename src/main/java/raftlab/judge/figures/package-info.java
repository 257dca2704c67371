/** Figures of a run that are counted from its trace, and its rare events. */
package raftlab.judge.figures;
