package raftlab.grade.store;

import java.util.ArrayList;
import java.util.List;
import raftlab.judge.figures.RunStatistics;

/** The figures of a run that are kept, by name. */
public final class RunFigures {
  /** Messages between replicas. */
  public static final String MESSAGES = "messages";

  /** Requests that failed or were never answered. */
  public static final String FAILURES = "failures";

  /** Answers to requests that had been executed already. */
  public static final String DUPLICATES = "duplicates";

  /** The median time from a request to its answer. */
  public static final String MEDIAN_LATENCY = "medianLatencySeconds";

  /** The longest time from a crash of a leader to the next answer of another replica. */
  public static final String FAIL_OVER = "failOverMillis";

  /** How often another leader was seen. */
  public static final String LEADER_CHANGES = "leaderChanges";

  /** How much later than planned the kit acted, at most. */
  public static final String HARNESS_LATE = "harnessLateMillis";

  private RunFigures() {}

  /** Returns those of a run; a figure that it doesn't have is left out. */
  static List<FigureRecord> of(RunStatistics statistics) {
    List<FigureRecord> figures = new ArrayList<>();
    add(figures, MESSAGES, statistics.messages());
    add(figures, FAILURES, statistics.failures());
    add(figures, DUPLICATES, statistics.duplicates());
    statistics.medianLatencySeconds().ifPresent(value -> add(figures, MEDIAN_LATENCY, value));
    statistics.failoversMillis().stream()
        .max(Double::compare)
        .ifPresent(value -> add(figures, FAIL_OVER, value));
    add(figures, LEADER_CHANGES, statistics.leaderChanges());
    add(figures, HARNESS_LATE, statistics.load().mostLateMillis());
    return figures;
  }

  /** JSON has no infinite numbers. */
  private static void add(List<FigureRecord> figures, String name, double value) {
    if (Double.isFinite(value)) {
      figures.add(new FigureRecord(name, value));
    }
  }
}
