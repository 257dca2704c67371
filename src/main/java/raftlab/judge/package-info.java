/**
 * One class a judge: each reads the trace of a run and gives a verdict with its evidence. They read
 * nothing else. What was safe is judged by {@link raftlab.judge.raft} from what replicas report, by
 * {@link raftlab.judge.wire} from messages alone, and whether there was progress by {@link
 * raftlab.judge.live}.
 */
package raftlab.judge;
