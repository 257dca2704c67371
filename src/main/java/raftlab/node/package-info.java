/**
 * The interface of a replica: a {@link raftlab.node.Node} and the {@link raftlab.node.Host} that
 * runs it.
 *
 * <p>A student who writes a replica in Java uses this interface only. A node receives messages and
 * timeouts, one at a time; it sends messages, sets timers and appends to its storage.
 */
package raftlab.node;
