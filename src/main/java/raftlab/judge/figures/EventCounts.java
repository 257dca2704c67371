package raftlab.judge.figures;

import java.util.HashSet;
import java.util.Set;
import raftlab.scenario.CountedMetric;
import raftlab.wire.Id;

/** The metrics of a part of a run, counted by a {@link PartCounter}. */
public final class EventCounts {
  private final double[] counts = new double[CountedMetric.values().length];
  private final Set<Id> leaders = new HashSet<>();

  /** The operations that were requested in this part and not executed in it. */
  private final Set<Long> open = new HashSet<>();

  private double latencyMicros;

  /** Returns the value of a metric. */
  public double of(CountedMetric measure) {
    return switch (measure) {
      case LEADERS -> leaders.size();
      case UNANSWERED -> open.size();
      case MEAN_LATENCY ->
          counts[CountedMetric.OKS.ordinal()] == 0
              ? 0
              : latencyMicros / 1e6 / counts[CountedMetric.OKS.ordinal()];
      default -> counts[measure.ordinal()];
    };
  }

  void add(CountedMetric measure, double much) {
    counts[measure.ordinal()] += much;
  }

  void leads(Id leader) {
    leaders.add(leader);
  }

  void asked(long operation) {
    open.add(operation);
  }

  void executed(long operation, long micros) {
    add(CountedMetric.OKS, 1);
    latencyMicros += micros;
    open.remove(operation);
  }

  void logHas(long entries) {
    int longest = CountedMetric.LOG_ENTRIES.ordinal();
    counts[longest] = Math.max(counts[longest], entries);
  }
}
