package raftlab.workload;

import java.util.HashMap;
import java.util.Map;

/**
 * Upper estimates of the lengths of values, by what the clients of a plan wrote. The order of
 * execution is unknown, so these are estimates. They keep appended values well below the size of a
 * message, above which a replica could only refuse them.
 */
final class ValueLengths {
  /** The longest value that appends make, in characters. */
  static final int MAX_CHARS = 16_000;

  private final Map<String, Integer> lengths = new HashMap<>(); // only looked up

  /** Whether {@code more} characters can be appended to the key's value. */
  boolean hasRoom(String key, int more) {
    return lengths.getOrDefault(key, 0) + more <= MAX_CHARS;
  }

  void appended(String key, int more) {
    lengths.merge(key, more, Integer::sum);
  }

  /** Notes a cas, which leaves the value unchanged on a mismatch. */
  void maybeReplaced(String key, int length) {
    lengths.merge(key, length, Math::max);
  }

  void replaced(String key, int length) {
    lengths.put(key, length);
  }
}
