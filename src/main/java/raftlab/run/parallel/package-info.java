/** Plays many runs, several at a time. */
package raftlab.run.parallel;
