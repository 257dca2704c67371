package raftlab.judge.wire;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import raftlab.trace.ReplicaIndex;

/** Stores sender and receiver of each message, by its number. */
final class MessageEndpoints {
  /** Numbers below are kept in an array; a trace that was written by hand may have any. */
  private static final int DENSE = 1 << 24;

  private static final int NONE = 0;

  private int[] dense = new int[1024];
  private final Map<Long, Integer> others = new HashMap<>();

  /** Notes a message between replicas, by their indices. */
  void sent(long number, int from, int to) {
    int route = from + 1 << 16 | to;
    if (number < 0 || number >= DENSE) {
      others.put(number, route);
      return;
    }
    if (number >= dense.length) {
      dense = Arrays.copyOf(dense, Math.max((int) number + 1, 2 * dense.length));
    }
    dense[(int) number] = route;
  }

  private int route(long number) {
    if (number >= 0 && number < dense.length) {
      return dense[(int) number];
    }
    return others.isEmpty() ? NONE : others.getOrDefault(number, NONE);
  }

  /**
   * Returns the sender's index; {@link ReplicaIndex#NONE} if this is no message between replicas.
   */
  int from(long number) {
    return (route(number) >>> 16) - 1;
  }

  int to(long number) {
    return route(number) & 0xFFFF;
  }
}
