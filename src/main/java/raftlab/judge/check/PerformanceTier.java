package raftlab.judge.check;

import java.util.Locale;
import raftlab.scenario.CourseThresholds.TierBounds;

/** The tier of a correct run by one metric; the ordinal is the course's number. */
public enum PerformanceTier {
  /** Tier 0. */
  BONUS,
  /** Tier 1. */
  FULL,
  /** Tier 2. */
  PARTIAL,
  /** Tier 3. */
  NONE;

  /** Returns its name for output. */
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the tier of a value: strictly below a bound, as in the course. */
  public static PerformanceTier of(double value, TierBounds bounds) {
    return value < bounds.bonus()
        ? BONUS
        : value < bounds.full() ? FULL : value < bounds.partial() ? PARTIAL : NONE;
  }
}
