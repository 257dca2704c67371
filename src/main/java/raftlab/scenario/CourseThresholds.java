package raftlab.scenario;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The bounds of the course's correctness checks and performance tiers. Fractions are from 0 to 1.
 *
 * @param maximumGetFailFraction the share of gets that may stay unanswered
 * @param maximumPutFailFraction the share of puts that may stay unanswered
 * @param maximumGetGenerationFailFraction the share of gets that may become puts because their
 *     client had not put a key yet
 * @param maximumAppendsBatchedFraction how far batching may reduce the messages below one per
 *     replica and put
 * @param benchmarks the bounds of the tiers, for each graded metric
 */
public record CourseThresholds(
    double maximumGetFailFraction,
    double maximumPutFailFraction,
    double maximumGetGenerationFailFraction,
    double maximumAppendsBatchedFraction,
    Map<PerformanceMetric, TierBounds> benchmarks) {

  /** The default bounds. */
  public static final CourseThresholds DEFAULTS =
      new CourseThresholds(0.5, 0.5, 0.1, 0.5, Map.of());

  /** Copies the map, in the order of the metrics. */
  public CourseThresholds {
    EnumMap<PerformanceMetric, TierBounds> ordered = new EnumMap<>(PerformanceMetric.class);
    ordered.putAll(benchmarks);
    benchmarks = Collections.unmodifiableMap(ordered);
  }

  /**
   * Below {@code bonus}: bonus; else below {@code full}: full credit; else below {@code partial}:
   * partial credit; else none.
   */
  public record TierBounds(double bonus, double full, double partial) {}
}
