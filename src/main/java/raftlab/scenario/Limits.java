package raftlab.scenario;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** Bounds on what is counted over a part of a run; both bounds are still allowed. */
public record Limits(Map<CountedMetric, Double> atMost, Map<CountedMetric, Double> atLeast) {
  /** Anything goes. */
  public static final Limits NONE = new Limits(Map.of(), Map.of());

  /** Takes copies, in the measures' order. */
  public Limits {
    atMost = ordered(atMost);
    atLeast = ordered(atLeast);
  }

  private static Map<CountedMetric, Double> ordered(Map<CountedMetric, Double> bounds) {
    EnumMap<CountedMetric, Double> ordered = new EnumMap<>(CountedMetric.class);
    ordered.putAll(bounds);
    return Collections.unmodifiableMap(ordered);
  }

  /** Whether nothing is bounded. */
  public boolean isNone() {
    return atMost.isEmpty() && atLeast.isEmpty();
  }
}
