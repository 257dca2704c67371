package raftlab.scenario;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** Limits on what is counted over a part of a run; both bounds are included. */
public record Limits(Map<CountedMetric, Double> atMost, Map<CountedMetric, Double> atLeast) {
  /** No limits. */
  public static final Limits NONE = new Limits(Map.of(), Map.of());

  /** Copies the maps, in the order of the metrics. */
  public Limits {
    atMost = ordered(atMost);
    atLeast = ordered(atLeast);
  }

  private static Map<CountedMetric, Double> ordered(Map<CountedMetric, Double> bounds) {
    EnumMap<CountedMetric, Double> ordered = new EnumMap<>(CountedMetric.class);
    ordered.putAll(bounds);
    return Collections.unmodifiableMap(ordered);
  }

  /** Whether there are no limits. */
  public boolean isNone() {
    return atMost.isEmpty() && atLeast.isEmpty();
  }
}
