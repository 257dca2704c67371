package raftlab.scenario;

/**
 * A fault and its time.
 *
 * @param atMillis after the first request may start (that is, after {@code start_wait})
 */
public record PlannedFault(FaultType type, long atMillis) {}
