package raftlab.cluster;

import java.util.Map;
import raftlab.wire.Id;

/**
 * The system's counts of processor time at one moment. The difference of two gives the use in
 * between.
 *
 * @param takenAtNanos the moment, by {@link System#nanoTime}
 * @param waitingMicros the time in which a thread waited for a processor, in microseconds; -1 if
 *     the system doesn't count that
 * @param busyMicros the busy time of all processors together, in microseconds
 * @param kitMicros the processor time of the kit itself, in microseconds
 * @param runnable how many threads run or wait for a processor at this moment
 * @param replicaMicros the processor time of each replica and of all processes that it started, in
 *     microseconds
 */
public record ProcessorTimes(
    long takenAtNanos,
    long waitingMicros,
    long busyMicros,
    long kitMicros,
    int runnable,
    Map<Id, Long> replicaMicros) {
  /** Copies the map. */
  public ProcessorTimes {
    replicaMicros = Map.copyOf(replicaMicros);
  }
}
