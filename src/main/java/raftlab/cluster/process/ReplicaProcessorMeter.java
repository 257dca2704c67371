package raftlab.cluster.process;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import raftlab.cluster.ProcessorTimes;
import raftlab.wire.Id;

/**
 * How much of the processors the replicas of one run use, apart from all else on the machine. Read
 * by {@link ProcessorSampler} on a thread of its own.
 */
final class ReplicaProcessorMeter implements AutoCloseable {
  /** What a process group has used when it was read last. */
  private static final class Group {
    private final Id replica;
    private long ticks;

    Group(Id replica) {
      this.replica = replica;
    }
  }

  private final Map<Long, Group> groups = new HashMap<>();
  private final Map<Id, Long> micros = new TreeMap<>();
  private ProcessorTimes latest;

  /** From now on this process group is this replica's. */
  synchronized void watch(Id replica, long group) {
    micros.putIfAbsent(replica, 0L);
    groups.put(group, new Group(replica));
  }

  /** This process group is gone; its number may soon be that of another. */
  synchronized void forget(long group) {
    groups.remove(group);
  }

  /** The process groups that run. */
  synchronized Set<Long> groups() {
    return Set.copyOf(groups.keySet());
  }

  /** What was counted up to now. */
  synchronized void take(ProcessorSampler.Sample sample) {
    groups.forEach(
        (number, group) -> {
          long ticks = sample.groupTicks().getOrDefault(number, 0L);
          // Less than before if a child has ended that its parent did not wait for.
          long more = Math.max(0, ticks - group.ticks) * ProcessStat.TICK_MICROS;
          micros.merge(group.replica, more, Long::sum);
          group.ticks = ticks;
        });
    latest =
        new ProcessorTimes(
            sample.nanos(),
            sample.waitingMicros(),
            sample.machine().busyTicks() * ProcessStat.TICK_MICROS,
            sample.kitTicks() * ProcessStat.TICK_MICROS,
            sample.machine().runnable(),
            micros);
  }

  /** What was counted last; null if nothing was so far, or this system doesn't count. */
  synchronized ProcessorTimes latest() {
    return latest;
  }

  @Override
  public void close() {
    ProcessorSampler.remove(this);
  }
}
