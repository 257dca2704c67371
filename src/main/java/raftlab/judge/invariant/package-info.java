/**
 * The vocabulary of all checks of Raft and of its explanations: what must hold ({@link
 * raftlab.judge.invariant.Invariant}), how it was broken ({@link
 * raftlab.judge.invariant.Violation}), and by which mistake in a program ({@link
 * raftlab.judge.invariant.KnownMistake}).
 */
package raftlab.judge.invariant;
