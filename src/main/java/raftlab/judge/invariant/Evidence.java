package raftlab.judge.invariant;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import raftlab.trace.Event;

/** The few events that prove something, given in any order; null for an event that isn't known. */
public final class Evidence {
  private final @Nullable Event[] events;

  private Evidence(@Nullable Event[] events) {
    this.events = events;
  }

  /** These events. */
  public static Evidence of(@Nullable Event... events) {
    return new Evidence(events);
  }

  /** The known events, each once, in order of time. */
  public List<Event> events() {
    return events(UnaryOperator.identity());
  }

  /** The same, with some events replaced by others. */
  public List<Event> events(UnaryOperator<Event> replaced) {
    List<Event> known = new ArrayList<>();
    for (Event each : events) {
      Event event = each == null ? null : replaced.apply(each);
      if (event != null && known.stream().noneMatch(other -> other == event)) {
        known.add(event);
      }
    }
    known.sort(Comparator.comparingLong(Event::atMicros));
    return known;
  }
}
