package raftlab.trace;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** All that happened in one run, in the order in which it happened. Appended to by one thread. */
public final class Trace {
  private final TraceHeader header;
  private final List<Event> events = new ArrayList<>(8192);
  private final List<Consumer<Event>> watchers = new ArrayList<>();
  private long volume;

  /** An empty trace of this run. */
  public Trace(TraceHeader header) {
    this.header = header;
  }

  /** What was played. */
  public TraceHeader header() {
    return header;
  }

  /** Adds an event and tells the watchers. */
  public void add(Event event) {
    events.add(event);
    volume += EventTextSize.of(event);
    for (int i = 0; i < watchers.size(); i++) {
      watchers.get(i).accept(event);
    }
  }

  /** From now on, this is called with each event as it happens, on the thread of the run. */
  public void watch(Consumer<Event> watcher) {
    watchers.add(watcher);
  }

  /** The {@link EventTextSize} of all events, in bytes. */
  public long volume() {
    return volume;
  }

  /**
   * Forgets all but the last so many events, and all but the last that fit into so many bytes, now
   * and then: for a cluster without an end.
   */
  public void keepLast(int count, long mostBytes) {
    if (events.size() <= 2 * count && volume <= 2 * mostBytes) {
      return;
    }
    int from = 0;
    while (events.size() - from > count || volume > mostBytes) {
      volume -= EventTextSize.of(events.get(from++));
    }
    events.subList(0, from).clear();
  }

  /** The events so far; a view that can't be changed. */
  public List<Event> events() {
    return Collections.unmodifiableList(events);
  }
}
