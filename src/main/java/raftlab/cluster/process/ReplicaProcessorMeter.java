package raftlab.cluster.process;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import raftlab.cluster.ProcessorTimes;
import raftlab.wire.Id;

/**
 * Measures the processor use of the replicas of one run. {@link ProcessorSampler} updates it on its
 * thread.
 */
final class ReplicaProcessorMeter implements AutoCloseable {
  /** Receives what a process group uses, at each sample, on the sampler's thread. */
  interface UseListener {
    /**
     * A sample.
     *
     * @param micros the processor time of the replica since its first start
     * @param residentPages the memory of the group
     */
    void used(Id replica, long group, long micros, long residentPages);
  }

  /** The last count of a process group. */
  private static final class ProcessGroup {
    private final Id replica;
    private long ticks;

    ProcessGroup(Id replica) {
      this.replica = replica;
    }
  }

  private final Map<Long, ProcessGroup> groups = new HashMap<>();
  private final Map<Id, Long> micros = new TreeMap<>();
  private final UseListener listener;
  private @Nullable ProcessorTimes latest;

  ReplicaProcessorMeter(UseListener listener) {
    this.listener = listener;
  }

  /** Counts this process group for this replica from now on. */
  synchronized void watch(Id replica, long group) {
    micros.putIfAbsent(replica, 0L);
    groups.put(group, new ProcessGroup(replica));
  }

  /** Removes a process group that ended; the system may reuse its ID. */
  synchronized void remove(long group) {
    groups.remove(group);
  }

  /** Returns the running process groups. */
  synchronized Set<Long> groups() {
    return Set.copyOf(groups.keySet());
  }

  /** Adds a sample, and notifies the threads that wait on this meter. */
  synchronized void update(ProcessorSampler.Sample sample) {
    groups.forEach(
        (number, group) -> {
          ProcessorSampler.GroupUse use =
              sample.groups().getOrDefault(number, ProcessorSampler.GroupUse.NONE);
          // Less than before if a child ended that its parent didn't wait for.
          long more = Math.max(0, use.ticks() - group.ticks) * ProcessStat.TICK_MICROS;
          long total = micros.merge(group.replica, more, Long::sum);
          group.ticks = use.ticks();
          listener.used(group.replica, number, total, use.residentPages());
        });
    latest =
        new ProcessorTimes(
            sample.nanos(),
            sample.waitingMicros(),
            sample.machine().busyTicks() * ProcessStat.TICK_MICROS,
            sample.kitTicks() * ProcessStat.TICK_MICROS,
            sample.machine().runnable(),
            micros);
    notifyAll();
  }

  /** Returns the last count; null if there is none yet, or if this system doesn't count. */
  synchronized @Nullable ProcessorTimes latest() {
    return latest;
  }

  @Override
  public void close() {
    ProcessorSampler.remove(this);
  }
}
