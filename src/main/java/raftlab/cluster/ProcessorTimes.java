package raftlab.cluster;

import java.util.Map;
import raftlab.wire.Id;

/**
 * What the system has counted of the use of its processors, up to a moment. The difference of two
 * of these is what happened in between.
 *
 * @param nanos the moment, by {@link System#nanoTime}
 * @param waitingMicros the time in which something was waiting for a processor, in microseconds; -1
 *     if the system doesn't count that
 * @param busyMicros the time of all processors together in which they were busy
 * @param kitMicros the processor time of the kit itself
 * @param runnable how many threads run or wait for a processor at this moment
 * @param replicaMicros the processor time of each replica, with all processes that it has started
 */
public record ProcessorTimes(
    long nanos,
    long waitingMicros,
    long busyMicros,
    long kitMicros,
    int runnable,
    Map<Id, Long> replicaMicros) {
  /** Takes a copy of the map. */
  public ProcessorTimes {
    replicaMicros = Map.copyOf(replicaMicros);
  }
}
