package raftlab.report;

import java.util.Locale;
import raftlab.scenario.PerformanceMetric;

/** Formats figures for people. */
final class NumberText {
  private NumberText() {}

  /** A metric's value with its unit. */
  static String of(PerformanceMetric metric, double value) {
    if (metric == PerformanceMetric.MEDIAN_LATENCY) {
      return Double.isInfinite(value) ? "none" : millis(value * 1000);
    }
    return String.format(Locale.ROOT, "%.0f", value);
  }

  /** A bound of a metric, in the same unit as its value. */
  static String bound(PerformanceMetric metric, double value) {
    return metric == PerformanceMetric.MEDIAN_LATENCY
        ? String.format(Locale.ROOT, "%s ms", trimmed(value * 1000))
        : trimmed(value);
  }

  /** Milliseconds, with two decimals only below 100 ms. */
  static String millis(double millis) {
    return String.format(Locale.ROOT, millis < 100 ? "%.2f ms" : "%.0f ms", millis);
  }

  /** Seconds since the start of the scenario's clock. */
  static String seconds(long micros) {
    return String.format(Locale.ROOT, "%.3f s", micros / 1e6);
  }

  private static String trimmed(double value) {
    return new java.math.BigDecimal(String.format(Locale.ROOT, "%.6f", value))
        .stripTrailingZeros()
        .toPlainString();
  }
}
