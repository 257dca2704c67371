/**
 * Liveness: whether the cluster makes progress while a majority is up, connected and undisturbed.
 * {@link raftlab.judge.live.LivenessReview} reads a trace once, finds the stable periods in it, and
 * checks what the replicas do in these periods.
 */
package raftlab.judge.live;
