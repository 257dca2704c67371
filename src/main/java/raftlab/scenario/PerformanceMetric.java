package raftlab.scenario;

import java.util.Arrays;
import java.util.Optional;

/** The metrics that the course grades in tiers. Lower is better for all of them. */
public enum PerformanceMetric {
  /** Messages between replicas. */
  TOTAL_MSGS("total_msgs", "total messages"),
  /** Requests that failed or were never answered. */
  FAILURES("failures", "failures"),
  /** Duplicate answers to a request. */
  DUPLICATES("duplicates", "duplicate answers"),
  /** The median time from a request to its answer, in seconds. */
  MEDIAN_LATENCY("median_latency", "median latency");

  private final String key;
  private final String title;

  PerformanceMetric(String key, String title) {
    this.key = key;
    this.title = title;
  }

  /** Its name in a scenario file. */
  public String key() {
    return key;
  }

  /** Its name in reports. */
  public String title() {
    return title;
  }

  /** The metric of this name, if there is one. */
  public static Optional<PerformanceMetric> of(String key) {
    return Arrays.stream(values()).filter(metric -> metric.key.equals(key)).findFirst();
  }
}
