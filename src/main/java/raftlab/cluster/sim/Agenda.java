package raftlab.cluster.sim;

import java.util.PriorityQueue;

/**
 * What is going to happen in the simulated world, in order of time; what was put in first comes
 * first.
 */
final class Agenda {
  /** One thing to come. */
  record Entry(long atMicros, long number, SimEvent event) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int byTime = Long.compare(atMicros, other.atMicros);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  private final PriorityQueue<Entry> entries = new PriorityQueue<>();
  private long number;

  void add(long atMicros, SimEvent event) {
    entries.add(new Entry(atMicros, number++, event));
  }

  /** Puts an entry back whose time had come: it takes the place that it had. */
  void putBack(Entry entry) {
    entries.add(entry);
  }

  /** The next entry, if it is due by then; else null. */
  Entry pollUntil(long micros) {
    Entry next = entries.peek();
    return next != null && next.atMicros <= micros ? entries.poll() : null;
  }
}
