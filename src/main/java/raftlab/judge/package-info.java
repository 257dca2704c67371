/**
 * Judges a run. {@link raftlab.judge.Judgement} applies every check of {@link raftlab.judge.check}
 * to the run's trace, and reads nothing else.
 */
package raftlab.judge;
