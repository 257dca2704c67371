package raftlab.judge;

import java.util.HashSet;
import java.util.Set;
import raftlab.scenario.Measure;
import raftlab.wire.Id;

/** What happened in a part of a run, counted by a {@link PartCounter}. */
final class Counted {
  private final double[] counts = new double[Measure.values().length];
  private final Set<Id> leaders = new HashSet<>();

  /** The operations that were asked for in this part and not executed in it. */
  private final Set<Long> open = new HashSet<>();

  private double latencyMicros;

  /** What was counted. */
  double of(Measure measure) {
    return switch (measure) {
      case LEADERS -> leaders.size();
      case UNANSWERED -> open.size();
      case MEAN_LATENCY ->
          counts[Measure.OKS.ordinal()] == 0
              ? 0
              : latencyMicros / 1e6 / counts[Measure.OKS.ordinal()];
      default -> counts[measure.ordinal()];
    };
  }

  void add(Measure measure, double much) {
    counts[measure.ordinal()] += much;
  }

  void leads(Id leader) {
    leaders.add(leader);
  }

  void asked(long operation) {
    open.add(operation);
  }

  void executed(long operation, long micros) {
    add(Measure.OKS, 1);
    latencyMicros += micros;
    open.remove(operation);
  }

  void logHas(long entries) {
    int longest = Measure.LOG_ENTRIES.ordinal();
    counts[longest] = Math.max(counts[longest], entries);
  }
}
