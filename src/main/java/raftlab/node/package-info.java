/**
 * What a replica is: a {@link raftlab.node.Node}, and the {@link raftlab.node.Host} that it lives
 * on.
 *
 * <p>This is the whole interface that a student who writes a replica in Java sees. A node receives
 * messages and timeouts, one at a time; it sends messages, sets timers, appends to its storage. It
 * does nothing else.
 */
package raftlab.node;
