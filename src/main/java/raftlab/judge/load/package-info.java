/**
 * How much load was on the machine during a run, and whether it was the replicas' own. {@link
 * raftlab.judge.load.MachineLoad} reads it from the trace.
 */
package raftlab.judge.load;
