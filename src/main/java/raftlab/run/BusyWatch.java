package raftlab.run;

import raftlab.cluster.Cluster;
import raftlab.trace.Event;
import raftlab.trace.Trace;

/** Looks now and then whether the machine is too busy to let replicas act in time. */
final class BusyWatch {
  /** The time from one look to the next, in microseconds. */
  private static final long LOOK_MICROS = 250_000;

  /** Less than this is not worth a note. */
  private static final int NOTE_PERCENT = 60;

  private final Cluster cluster;
  private final Trace trace;
  private long lastMicros;
  private long lastStarved;

  BusyWatch(Cluster cluster, Trace trace) {
    this.cluster = cluster;
    this.trace = trace;
    this.lastStarved = cluster.starvedMicros();
  }

  /** To be called often; looks only if it is time. */
  void look() {
    long micros = cluster.nowMicros() - lastMicros;
    if (lastStarved < 0 || micros < LOOK_MICROS) {
      return;
    }
    long starved = cluster.starvedMicros();
    int percent = (int) Math.min(100, 100 * (starved - lastStarved) / micros);
    if (percent >= NOTE_PERCENT) {
      trace.add(new Event.MachineBusy(cluster.nowMicros(), micros, percent));
    }
    lastStarved = starved;
    lastMicros = cluster.nowMicros();
  }
}
