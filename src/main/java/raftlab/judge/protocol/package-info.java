/**
 * Rules of Raft that the messages between replicas break, for replicas that report no state: read
 * by a {@link raftlab.dialect.Dialect} that proved itself in the run, and only where a handful of
 * messages shows the breach.
 */
package raftlab.judge.protocol;
