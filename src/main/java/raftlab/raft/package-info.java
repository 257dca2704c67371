/**
 * The reference replica: the Raft protocol as a {@link raftlab.node.Node}. Pure logic: no sockets,
 * threads, files or clocks.
 */
package raftlab.raft;
