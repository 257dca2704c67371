package raftlab.judge.check;

import java.util.Locale;
import raftlab.scenario.CourseThresholds.Bounds;

/** How well a correct run did by one metric; the ordinal is the course's number. */
public enum PerformanceTier {
  /** Tier 0. */
  BONUS,
  /** Tier 1. */
  FULL,
  /** Tier 2. */
  PARTIAL,
  /** Tier 3. */
  NONE;

  /** Its name for people. */
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The tier of a value: strictly below a bound, as the course has it. */
  public static PerformanceTier of(double value, Bounds bounds) {
    return value < bounds.bonus()
        ? BONUS
        : value < bounds.full() ? FULL : value < bounds.partial() ? PARTIAL : NONE;
  }
}
