package raftlab.explain;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.wire.Id;

/**
 * The events of a run with each replica's reports before the message that follows from them. In the
 * process world they are told right after it: a replica writes its reports before it sends, and the
 * kit looks at them once it has passed the message on.
 */
final class Reordering {
  private static final int MOST_BETWEEN = 40;
  private static final long LOOK_MICROS = 2_000;

  private final List<Event> events;
  private final Set<Id> replicas;

  private Reordering(Trace trace) {
    events = trace.events();
    replicas = new HashSet<>(trace.header().replicas());
  }

  static List<Event> of(Trace trace) {
    return "process".equals(trace.header().world())
        ? new Reordering(trace).ordered()
        : trace.events();
  }

  private List<Event> ordered() {
    List<Event> ordered = new ArrayList<>(events.size());
    int place = 0;
    while (place < events.size()) {
      int end = place + 1;
      if (events.get(place) instanceof Event.Sent sent && replicas.contains(sent.from())) {
        int passed = passed(place + 1);
        end = passed;
        while (end < events.size() && isReportOf(events.get(end), sent.from())) {
          ordered.add(events.get(end++));
        }
        ordered.addAll(events.subList(place, passed));
      } else {
        ordered.add(events.get(place));
      }
      place = end;
    }
    return ordered;
  }

  /**
   * Where the events end that tell what became of the message just sent; a client may go on at
   * once.
   */
  private int passed(int from) {
    long until = events.get(from - 1).atMicros() + LOOK_MICROS;
    int end = from;
    while (end < events.size() && end < from + MOST_BETWEEN && isBetween(events.get(end), until)) {
      end++;
    }
    return end;
  }

  private boolean isBetween(Event event, long until) {
    boolean isOfReplica = event instanceof Event.Sent sent && replicas.contains(sent.from());
    return event.atMicros() <= until && !isOfReplica && !(event instanceof Event.Reported);
  }

  private static boolean isReportOf(Event event, Id replica) {
    return event instanceof Event.Reported report && report.replica().equals(replica);
  }
}
