package raftlab.judge.load;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import raftlab.trace.Event;
import raftlab.wire.Id;

/**
 * Finds replicas that poll without waiting: they use much of a processor while they hardly send or
 * receive messages.
 */
final class BusyWaitingDetector {
  /** Programs that have just started are excluded; they compile, for example. */
  private static final long START_MICROS = 2_000_000;

  /** A replica with more messages than this in a second is not idle. */
  private static final int MAX_PER_SECOND = 80;

  /** The least total idle time before a replica is reported. */
  private static final long SHORTEST_MICROS = 2_000_000;

  /** A polling replica uses at least this part of the processor time that it can get. */
  private static final double MIN_SHARE_OF_AVAILABLE = 0.5;

  /** A replica that uses less than this, in percent, may be working. */
  private static final double MIN_PERCENT = 15;

  private static final class IdleTime {
    private long micros;
    private double used;

    /** The least share of a processor that a polling replica uses. */
    private double share;
  }

  private final Map<Id, IdleTime> idle = new TreeMap<>();

  /** Messages since the last sample. */
  private final Map<Id, Integer> messages = new HashMap<>();

  /** False in the simulated world, where counting millions of messages is useless. */
  private boolean isMeasured;

  private long fromMicros = Long.MAX_VALUE;

  void began(long atMicros) {
    fromMicros = atMicros + START_MICROS;
  }

  /** Notes that a message was sent. */
  void sent(Event.Sent sent) {
    if (isMeasured) {
      messages.merge(sent.from(), 1, Integer::sum);
      messages.merge(sent.to(), 1, Integer::sum);
    }
  }

  void used(Event.ProcessorUse use) {
    isMeasured = true;
    int running = (int) use.used().stream().filter(percent -> percent > 0).count();
    int wanting = Math.max(1, Math.max(running, use.runnable()));
    double share =
        Math.max(
            MIN_PERCENT,
            100 * MIN_SHARE_OF_AVAILABLE * Math.min(1.0, (double) use.processors() / wanting));
    for (int i = 0; i < use.replicas().size() && use.atMicros() >= fromMicros; i++) {
      Id replica = use.replicas().get(i);
      if (messages.getOrDefault(replica, 0) * 1_000_000L <= MAX_PER_SECOND * use.micros()) {
        IdleTime its = idle.computeIfAbsent(replica, id -> new IdleTime());
        its.micros += use.micros();
        its.used += (double) use.used().get(i) * use.micros();
        its.share += share * use.micros();
      }
    }
    messages.clear();
  }

  Map<Id, Integer> busyWaiting() {
    Map<Id, Integer> found = new TreeMap<>();
    idle.forEach(
        (replica, its) -> {
          if (its.micros >= SHORTEST_MICROS && its.used >= its.share) {
            found.put(replica, (int) Math.round(its.used / its.micros));
          }
        });
    return found;
  }
}
