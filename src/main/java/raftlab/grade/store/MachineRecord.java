package raftlab.grade.store;

/**
 * How hand-ins are built and played on a machine.
 *
 * @param jobs the number of parallel runs, of all teams together; 0 for as many as it can run
 * @param buildTimeoutSeconds the time limit for a build
 * @param isolation how hand-ins are isolated from the machine and from each other, in words; "" for
 *     not at all
 */
public record MachineRecord(int jobs, int buildTimeoutSeconds, String isolation) {}
