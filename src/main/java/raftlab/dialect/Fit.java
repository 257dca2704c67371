package raftlab.dialect;

/** How often a reading agreed with what happened, and how often it did not. */
final class Fit {
  private static final int MIN_PROOFS = 5;
  private static final double PROVED = 0.95;
  private static final double LIKELY = 0.8;

  private int agreed;
  private int differed;
  private boolean isAmbiguous;

  void add(boolean agrees) {
    if (agrees) {
      agreed++;
    } else {
      differed++;
    }
  }

  /** Adds what another reading agreed and differed in. */
  void add(Fit other) {
    agreed += other.agreed;
    differed += other.differed;
    isAmbiguous |= other.isAmbiguous;
  }

  /** What agreed here contradicts another reading. */
  void disagree(Fit other) {
    other.differed += agreed;
  }

  /** However often it agrees, it proves nothing: something else fits as well. */
  void ambiguous() {
    isAmbiguous = true;
  }

  /** Whether something else fits as well. */
  boolean isAmbiguous() {
    return isAmbiguous;
  }

  int agreed() {
    return agreed;
  }

  int total() {
    return agreed + differed;
  }

  /** The share that agreed, in 0 to 1; 0 if there was nothing to compare. */
  double share() {
    return total() == 0 ? 0 : (double) agreed / total();
  }

  /** Whether it agreed mostly. */
  boolean isLikely() {
    return agreed > 0 && share() >= LIKELY;
  }

  /** Whether it agreed nearly always, and often enough to be no accident. */
  boolean isProved() {
    return !isAmbiguous && agreed >= MIN_PROOFS && share() >= PROVED;
  }

  @Override
  public String toString() {
    return agreed + " of " + total();
  }
}
