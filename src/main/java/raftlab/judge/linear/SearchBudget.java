package raftlab.judge.linear;

/** How many steps a search may take: steps and not time, so that the same input gives the same. */
final class SearchBudget {
  private final long steps;
  private long taken;

  SearchBudget(long steps) {
    this.steps = steps;
  }

  /** Takes one step; false if there is none left. */
  boolean step() {
    return ++taken <= steps;
  }

  /** How many steps were taken so far. */
  long taken() {
    return taken;
  }

  boolean isSpent() {
    return taken > steps;
  }
}
