package raftlab.run.lab;

import java.util.PriorityQueue;

/** What the kit itself will do, in order of time; what was planned first comes first. */
final class Schedule {
  private record Entry(long atMicros, long number, Runnable action) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int byTime = Long.compare(atMicros, other.atMicros);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  private final PriorityQueue<Entry> entries = new PriorityQueue<>();
  private long number;

  void at(long micros, Runnable action) {
    entries.add(new Entry(micros, number++, action));
  }

  /** When the next action is due; {@link Long#MAX_VALUE} if there is none. */
  long nextMicros() {
    return entries.isEmpty() ? Long.MAX_VALUE : entries.peek().atMicros;
  }

  /** Takes out and runs the next action. */
  void runNext() {
    entries.remove().action.run();
  }
}
