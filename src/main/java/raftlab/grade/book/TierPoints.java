package raftlab.grade.book;

import raftlab.judge.check.PerformanceTier;
import raftlab.scenario.PerformanceMetric;

/**
 * The points for the tier of a run that passed, by one metric, in addition to those for passing.
 *
 * @param full the points that count as full marks; those for {@code bonus} may be more
 */
public record TierPoints(
    PerformanceMetric metric, double bonus, double full, double partial, double none) {
  /** Returns the points for a tier. */
  public double of(PerformanceTier tier) {
    return switch (tier) {
      case BONUS -> bonus;
      case FULL -> full;
      case PARTIAL -> partial;
      case NONE -> none;
    };
  }
}
