package raftlab.trace;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** The events of one run, in order. Only one thread appends. */
public final class Trace {
  private final TraceHeader header;
  private final List<Event> events = new ArrayList<>(8192);
  private final List<Consumer<Event>> listeners = new ArrayList<>();
  private final Map<Class<?>, Object> derived = new HashMap<>();
  private long textBytes;

  /** An empty trace of this run. */
  public Trace(TraceHeader header) {
    this.header = header;
  }

  /** Returns the header: what was played. */
  public TraceHeader header() {
    return header;
  }

  /** Appends an event and passes it to the watchers. */
  public void add(Event event) {
    events.add(event);
    if (!derived.isEmpty()) {
      derived.clear();
    }
    textBytes += EventTextSize.of(event);
    for (int i = 0; i < listeners.size(); i++) {
      listeners.get(i).accept(event);
    }
  }

  /** Calls the watcher with each later event, on the thread of the run. */
  public void addListener(Consumer<Event> watcher) {
    listeners.add(watcher);
  }

  /** Returns the {@link EventTextSize} of all events, in bytes. */
  public long textBytes() {
    return textBytes;
  }

  /**
   * Keeps only the last {@code count} events, and of those only as many as fit into {@code
   * mostBytes}; older events are discarded from time to time. For a cluster that runs without end.
   */
  public void keepLast(int count, long mostBytes) {
    if (events.size() <= 2 * count && textBytes <= 2 * mostBytes) {
      return;
    }
    int from = 0;
    while (events.size() - from > count || textBytes > mostBytes) {
      textBytes -= EventTextSize.of(events.get(from++));
    }
    events.subList(0, from).clear();
    derived.clear();
  }

  /**
   * Returns what follows from the events so far. It is computed once, and again after more events;
   * readers that take long share it. Only the thread that appends may call this.
   */
  public <T> T derived(Class<T> kind, Function<Trace, T> how) {
    Object known = derived.get(kind);
    if (known == null) {
      known = how.apply(this);
      derived.put(kind, known);
    }
    return kind.cast(known);
  }

  /** Returns an unmodifiable view of the events so far. */
  public List<Event> events() {
    return Collections.unmodifiableList(events);
  }
}
