package raftlab.cluster;

import java.util.PriorityQueue;

/** Items in order of time; of two with the same time, the one that was added first comes first. */
public final class TimeQueue<T> {
  /** An item with its place in the queue. */
  public record Entry<T>(long atMicros, long number, T item) implements Comparable<Entry<T>> {
    @Override
    public int compareTo(Entry<T> other) {
      int byTime = Long.compare(atMicros, other.atMicros);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  private final PriorityQueue<Entry<T>> entries = new PriorityQueue<>();
  private long number;

  /** Adds an item that is due at this time. */
  public void add(long atMicros, T item) {
    entries.add(new Entry<>(atMicros, number++, item));
  }

  /** Puts back an entry that was polled: it takes the place that it had. */
  public void putBack(Entry<T> entry) {
    entries.add(entry);
  }

  /** When the next item is due; {@link Long#MAX_VALUE} if there is none. */
  public long nextMicros() {
    return entries.isEmpty() ? Long.MAX_VALUE : entries.peek().atMicros;
  }

  /** Removes the next entry if it is due by then; null if none is. */
  public Entry<T> pollUntil(long micros) {
    Entry<T> next = entries.peek();
    return next != null && next.atMicros <= micros ? entries.poll() : null;
  }
}
