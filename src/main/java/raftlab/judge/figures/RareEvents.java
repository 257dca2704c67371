package raftlab.judge.figures;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import raftlab.trace.Event;
import raftlab.trace.Trace;

/**
 * The events of a run without the frequent ones: messages, requests, answers, reports and printed
 * lines. Most checks look for a few rare events and need not read the whole trace.
 */
public final class RareEvents {
  private final List<Event> events = new ArrayList<>();
  private int[] traceIndexes = new int[64];

  private RareEvents() {}

  /** Reads a trace once. */
  public static RareEvents of(Trace trace) {
    RareEvents landmarks = new RareEvents();
    int place = 0;
    for (Event event : trace.events()) {
      if (!isFrequent(event)) {
        landmarks.add(event, place);
      }
      place++;
    }
    return landmarks;
  }

  /** Whether there may be thousands of its kind; the most frequent kinds are tested first. */
  private static boolean isFrequent(Event event) {
    return event instanceof Event.Sent
        || event instanceof Event.Delivered
        || event instanceof Event.Reported
        || event instanceof Event.Requested
        || event instanceof Event.Answered
        || event instanceof Event.Dropped
        || event instanceof Event.Delayed
        || event instanceof Event.Duplicated
        || event instanceof Event.Corrupted
        || event instanceof Event.Malformed
        || event instanceof Event.Printed;
  }

  private void add(Event event, int place) {
    if (events.size() == traceIndexes.length) {
      traceIndexes = Arrays.copyOf(traceIndexes, 2 * traceIndexes.length);
    }
    traceIndexes[events.size()] = place;
    events.add(event);
  }

  /** Returns the events, in order. */
  public List<Event> events() {
    return events;
  }

  /** Returns the index in the trace of the event with this index here. */
  int traceIndex(int index) {
    return traceIndexes[index];
  }
}
