/**
 * Checks what the messages alone prove, for replicas in any language: which replica can have known
 * what at which time, and which claims to lead. {@link raftlab.judge.wire.WireReview} reads a trace
 * once.
 */
package raftlab.judge.wire;
