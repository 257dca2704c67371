package raftlab.cluster;

import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** A queue in order of time; items with the same time keep the order in which they were added. */
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

  /** Puts back a polled entry at its old place. */
  public void putBack(Entry<T> entry) {
    entries.add(entry);
  }

  /** Returns when the next item is due; {@link Long#MAX_VALUE} for an empty queue. */
  public long nextMicros() {
    return entries.isEmpty() ? Long.MAX_VALUE : entries.peek().atMicros;
  }

  /** Removes and returns the next entry if it is due by then; else null. */
  public @Nullable Entry<T> pollUntil(long micros) {
    Entry<T> next = entries.peek();
    return next != null && next.atMicros <= micros ? entries.poll() : null;
  }
}
