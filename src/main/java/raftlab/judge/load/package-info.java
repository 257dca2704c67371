/**
 * Measures how much load was on the machine during a run, and whether the replicas caused it.
 * {@link raftlab.judge.load.MachineLoad} reads it from the trace.
 */
package raftlab.judge.load;
