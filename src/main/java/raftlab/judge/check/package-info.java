/**
 * The checks of a run, one class each: a check reads the trace of a run and returns a verdict with
 * its evidence. Raft safety is checked in {@link raftlab.judge.raft} from the state changes that
 * replicas report, and in {@link raftlab.judge.wire} from messages alone; liveness is checked in
 * {@link raftlab.judge.live}, linearizability in {@link raftlab.judge.linear}.
 */
package raftlab.judge.check;
