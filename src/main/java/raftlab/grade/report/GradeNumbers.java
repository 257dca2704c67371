package raftlab.grade.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import raftlab.grade.store.TierRecord;
import raftlab.scenario.PerformanceMetric;
import raftlab.suite.PassRate;

/** Points, rates and tiers as text. */
public final class GradeNumbers {
  private GradeNumbers() {}

  /** Points with at most two digits after the point, and no more than needed. */
  public static String points(double points) {
    BigDecimal rounded = BigDecimal.valueOf(points).setScale(2, RoundingMode.HALF_UP);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  /** A rate with its interval: {@code 3 of 5 runs passed (60 %, between 23 % and 88 %)}. */
  public static String rate(PassRate rate) {
    return String.format(
        Locale.ROOT,
        "%d of %d runs passed (%.0f %%, between %.0f %% and %.0f %%)",
        rate.passes(),
        rate.runs(),
        100 * rate.fraction(),
        100 * rate.low(),
        100 * rate.high());
  }

  /** Tiers as numbers: {@code total_msgs:0 failures:1}. */
  public static String tierNumbers(List<TierRecord> tiers) {
    return tiers.stream()
        .map(tier -> tier.metric().key() + ":" + tier.tier().ordinal())
        .collect(Collectors.joining(" "));
  }

  /** Tiers in words: {@code total messages 2100 (full)}. */
  public static String tiers(List<TierRecord> tiers) {
    return tiers.stream()
        .map(tier -> tier.metric().title() + " " + figure(tier) + " (" + tier.tier().title() + ")")
        .collect(Collectors.joining(", "));
  }

  private static String figure(TierRecord tier) {
    if (tier.value() < 0) {
      return "none";
    }
    return tier.metric() == PerformanceMetric.MEDIAN_LATENCY
        ? String.format(Locale.ROOT, "%.2f ms", tier.value() * 1000)
        : String.format(Locale.ROOT, "%.0f", tier.value());
  }
}
