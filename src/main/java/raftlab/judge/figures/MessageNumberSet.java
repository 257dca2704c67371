package raftlab.judge.figures;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;

/** A set of message numbers. A run numbers from 0 on; a stored trace may have any numbers. */
final class MessageNumberSet {
  /** Numbers below take one bit each. */
  private static final int DENSE = 1 << 24;

  private final BitSet dense = new BitSet();
  private final Set<Long> others = new HashSet<>();

  void add(long number) {
    if (isDense(number)) {
      dense.set((int) number);
    } else {
      others.add(number);
    }
  }

  boolean contains(long number) {
    return isDense(number) ? dense.get((int) number) : others.contains(number);
  }

  private static boolean isDense(long number) {
    return number >= 0 && number < DENSE;
  }
}
