package raftlab.console;

import java.util.HashMap;
import java.util.Map;

/** Limits the notifications about a replica, or the leader, that changes all the time. */
final class RateLimiter {
  /** The number of notifications about one of them in {@link #SPAN_MICROS}. */
  static final int MAX_PER_SPAN = 20;

  private static final long SPAN_MICROS = 10_000_000;

  private static final class Burst {
    private long beganMicros;
    private int shown;
  }

  private final Map<String, Burst> bursts = new HashMap<>();

  /**
   * The number of recent notifications about this one, including this one; more than {@link
   * #MAX_PER_SPAN} are too many.
   */
  int count(String about, long atMicros) {
    Burst burst = bursts.computeIfAbsent(about, id -> new Burst());
    if (burst.shown == 0 || atMicros - burst.beganMicros > SPAN_MICROS) {
      burst.beganMicros = atMicros;
      burst.shown = 0;
    }
    return ++burst.shown;
  }
}
