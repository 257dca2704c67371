package raftlab.cluster.sim;

import java.util.PriorityQueue;
import raftlab.wire.Message;

/**
 * What is going to happen in the simulated world, in order of time; what was put in first comes
 * first.
 */
final class Agenda {
  /**
   * One thing to come: a message for a replica, or one of its timers.
   *
   * @param message null for a timer
   * @param timer null for a message
   */
  record Entry(long atMicros, long number, SimHost host, Message message, SimTimer timer)
      implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int byTime = Long.compare(atMicros, other.atMicros);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  private final PriorityQueue<Entry> entries = new PriorityQueue<>();
  private long number;

  void add(long atMicros, SimHost host, Message message) {
    entries.add(new Entry(atMicros, number++, host, message, null));
  }

  void add(long atMicros, SimTimer timer) {
    entries.add(new Entry(atMicros, number++, timer.host(), null, timer));
  }

  /** The next entry, if it is due by then; else null. */
  Entry pollUntil(long micros) {
    Entry next = entries.peek();
    return next != null && next.atMicros <= micros ? entries.poll() : null;
  }
}
