package raftlab.dialect;

/** How often a reading agreed with what happened, and how often it did not. */
final class Fit {
  private static final int MIN_PROOFS = 5;
  private static final double PROVED = 0.95;
  private static final double LIKELY = 0.8;

  private int agreed;
  private int differed;

  void add(boolean agrees) {
    if (agrees) {
      agreed++;
    } else {
      differed++;
    }
  }

  /** The same, but too little to prove anything. */
  Fit asLikely() {
    Fit likely = new Fit();
    likely.agreed = Math.min(agreed, 1);
    return likely;
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
    return agreed >= MIN_PROOFS && share() >= PROVED;
  }

  @Override
  public String toString() {
    return agreed + " of " + total();
  }
}
