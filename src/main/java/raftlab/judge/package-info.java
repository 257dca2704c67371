/**
 * One class a judge: each reads the trace of a run and gives a verdict with its evidence. They read
 * nothing else.
 */
package raftlab.judge;
