package raftlab.console;

import java.util.HashMap;
import java.util.Map;
import raftlab.wire.Id;

/** Keeps a replica that changes all the time from filling the screen. */
final class RateLimiter {
  /** So much may be told about one replica in {@link #SPAN_MICROS}. */
  static final int MOST = 20;

  private static final long SPAN_MICROS = 10_000_000;

  private static final class Burst {
    private long beganMicros;
    private int told;
  }

  private final Map<Id, Burst> bursts = new HashMap<>();

  /**
   * How many things about this replica, with this one, were to be told lately: beyond {@link #MOST}
   * they are too many.
   */
  int count(Id about, long atMicros) {
    Burst burst = bursts.computeIfAbsent(about, id -> new Burst());
    if (burst.told == 0 || atMicros - burst.beganMicros > SPAN_MICROS) {
      burst.beganMicros = atMicros;
      burst.told = 0;
    }
    return ++burst.told;
  }
}
