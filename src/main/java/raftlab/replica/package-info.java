/** A {@link raftlab.node.Node} as a process: on UDP and the wall clock. */
package raftlab.replica;
