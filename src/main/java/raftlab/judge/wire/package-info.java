/**
 * What the messages alone prove, whatever the replicas are written in and whatever they say: who
 * can have known what when, and who claims to lead. {@link raftlab.judge.wire.WireReview} reads a
 * trace once.
 */
package raftlab.judge.wire;
