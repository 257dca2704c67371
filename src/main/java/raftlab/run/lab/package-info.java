/**
 * A running cluster behind the emulated network. {@link raftlab.run.lab.Lab} routes every message,
 * tracks the leader and the state of each replica, and records everything in the trace.
 */
package raftlab.run.lab;
