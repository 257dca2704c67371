package raftlab.run.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import raftlab.cluster.Cluster;
import raftlab.cluster.ProcessorCount;
import raftlab.cluster.ProcessorTimes;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.wire.Id;

/** Records the processor use of the replicas, the kit and all other processes. */
final class ProcessorUseRecorder {
  private final Cluster cluster;
  private final Trace trace;
  private @Nullable ProcessorTimes last;

  ProcessorUseRecorder(Cluster cluster, Trace trace) {
    this.cluster = cluster;
    this.trace = trace;
    this.last = cluster.processorTimes();
  }

  /** Records the use if there is a new sample; call it often. */
  void poll() {
    ProcessorTimes now = cluster.processorTimes();
    if (now == null || now == last) {
      return;
    }
    if (last != null) {
      trace.add(processorUse(last, now, cluster.nowMicros()));
    }
    last = now;
  }

  /** Returns the use between two samples. */
  static Event.ProcessorUse processorUse(ProcessorTimes from, ProcessorTimes to, long atMicros) {
    long micros = Math.max(1, (to.takenAtNanos() - from.takenAtNanos()) / 1000);
    Map<Id, Long> after = new TreeMap<>(to.replicaMicros());
    List<Integer> used = new ArrayList<>();
    after.forEach(
        (replica, its) -> {
          long before = from.replicaMicros().getOrDefault(replica, 0L);
          used.add(percent(its - before, micros));
        });
    int waiting =
        to.waitingMicros() < 0 || from.waitingMicros() < 0
            ? -1
            : Math.min(100, percent(to.waitingMicros() - from.waitingMicros(), micros));
    return new Event.ProcessorUse(
        atMicros,
        micros,
        ProcessorCount.count(),
        waiting,
        percent(to.busyMicros() - from.busyMicros(), micros),
        percent(to.kitMicros() - from.kitMicros(), micros),
        Math.max(0, to.runnable() - 1), // without the kit's own thread that takes the sample
        List.copyOf(after.keySet()),
        used);
  }

  private static int percent(long part, long whole) {
    return (int) Math.max(0, Math.round(100.0 * part / whole));
  }
}
