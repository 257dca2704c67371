/**
 * The reconstructed state of a cluster at a moment of a run: the state of each replica, from its
 * reports or from its messages, and what was delivered to it. {@link
 * raftlab.explain.view.ClusterView} is the whole, {@link raftlab.dialect.RaftMessageView} a message
 * in the paper's terms.
 */
package raftlab.explain.view;
