package raftlab.scenario;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The bounds of the course's correctness checks, and of its performance tiers. The fractions are 0
 * to 1.
 *
 * @param maximumGetFailFraction unanswered gets, of those generated
 * @param maximumPutFailFraction unanswered puts, of those generated
 * @param maximumGetGenerationFailFraction gets that became puts because their client had put
 *     nothing yet, of those generated
 * @param maximumAppendsBatchedFraction by how much batching may bring the messages below one a
 *     replica and put
 * @param benchmarks the tiers' bounds of each metric that is graded
 */
public record CourseThresholds(
    double maximumGetFailFraction,
    double maximumPutFailFraction,
    double maximumGetGenerationFailFraction,
    double maximumAppendsBatchedFraction,
    Map<PerformanceMetric, Bounds> benchmarks) {

  /** What is in force where a file says nothing. */
  public static final CourseThresholds DEFAULTS =
      new CourseThresholds(0.5, 0.5, 0.1, 0.5, Map.of());

  /** Takes a copy of the map, in the metrics' order. */
  public CourseThresholds {
    EnumMap<PerformanceMetric, Bounds> ordered = new EnumMap<>(PerformanceMetric.class);
    ordered.putAll(benchmarks);
    benchmarks = Collections.unmodifiableMap(ordered);
  }

  /**
   * Strictly below {@code bonus}: bonus; below {@code full}: full credit; below {@code partial}:
   * partial; else none.
   */
  public record Bounds(double bonus, double full, double partial) {}
}
