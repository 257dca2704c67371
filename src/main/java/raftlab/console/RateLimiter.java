package raftlab.console;

import java.util.HashMap;
import java.util.Map;
import raftlab.wire.Id;

/** Limits the notifications about a replica that changes all the time. */
final class RateLimiter {
  /** The number of notifications about one replica in {@link #SPAN_MICROS}. */
  static final int MAX_PER_SPAN = 20;

  private static final long SPAN_MICROS = 10_000_000;

  private static final class Burst {
    private long beganMicros;
    private int shown;
  }

  private final Map<Id, Burst> bursts = new HashMap<>();

  /**
   * The number of recent notifications about this replica, including this one; more than {@link
   * #MAX_PER_SPAN} are too many.
   */
  int count(Id about, long atMicros) {
    Burst burst = bursts.computeIfAbsent(about, id -> new Burst());
    if (burst.shown == 0 || atMicros - burst.beganMicros > SPAN_MICROS) {
      burst.beganMicros = atMicros;
      burst.shown = 0;
    }
    return ++burst.shown;
  }
}
