/**
 * The verdict about a run. {@link raftlab.judge.Judgement} applies every check of {@link
 * raftlab.judge.check} to the trace of the run, and to nothing else.
 */
package raftlab.judge;
