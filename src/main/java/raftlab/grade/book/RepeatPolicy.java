package raftlab.grade.book;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How the points of several runs of a scenario become one number. */
public enum RepeatPolicy {
  /** The points of the best run. */
  BEST,
  /** The points of the worst run. */
  WORST,
  /** The mean. */
  MEAN,
  /** The median of the runs that passed if they are more than half of all; else none. */
  MAJORITY;

  /** Returns its word in rubrics. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns all words. */
  public static List<String> keys() {
    return Arrays.stream(values()).map(RepeatPolicy::key).toList();
  }

  /** Returns the one with this word. */
  public static Optional<RepeatPolicy> of(String key) {
    return Arrays.stream(values()).filter(each -> each.key().equals(key)).findFirst();
  }

  /**
   * Returns the points for all runs of a scenario.
   *
   * @param ofRuns the points of each run, at least one; 0 for a run that did not pass
   * @param passed how many of them passed
   */
  public double points(List<Double> ofRuns, int passed) {
    List<Double> sorted = ofRuns.stream().sorted().toList();
    int runs = sorted.size();
    return switch (this) {
      case BEST -> sorted.get(runs - 1);
      case WORST -> sorted.get(0);
      case MEAN -> sorted.stream().mapToDouble(each -> each).sum() / runs;
      case MAJORITY -> 2 * passed > runs ? sorted.get(runs - passed + (passed - 1) / 2) : 0;
    };
  }
}
