package raftlab.judge.linear;

/**
 * The number of steps that a search may take. Steps and not time, so that equal inputs give equal
 * results.
 */
final class SearchBudget {
  private final long steps;
  private long taken;

  SearchBudget(long steps) {
    this.steps = steps;
  }

  /** Takes one step; returns false if there is none left. */
  boolean takeStep() {
    return ++taken <= steps;
  }

  /** Returns how many steps were taken. */
  long taken() {
    return taken;
  }

  boolean isExhausted() {
    return taken > steps;
  }
}
