package raftlab.workload;

import java.util.HashMap;
import java.util.Map;

/**
 * How long the values of keys may have become by what the clients of a plan wrote. It is a guess,
 * since nobody knows what was executed in which order, and that is enough: it keeps appended values
 * well below what fits into a message, where a replica could only refuse them for ever.
 */
final class ValueLengths {
  /** Appended values don't become longer than this, in characters. */
  static final int LONGEST = 16_000;

  private final Map<String, Integer> lengths = new HashMap<>(); // only looked up

  /** Whether so much more can be appended to the key's value. */
  boolean hasRoom(String key, int more) {
    return lengths.getOrDefault(key, 0) + more <= LONGEST;
  }

  void appended(String key, int more) {
    lengths.merge(key, more, Integer::sum);
  }

  /** A cas may find something else than it expects: then the value stays as long as it is. */
  void perhapsReplaced(String key, int length) {
    lengths.merge(key, length, Math::max);
  }

  void replaced(String key, int length) {
    lengths.put(key, length);
  }
}
