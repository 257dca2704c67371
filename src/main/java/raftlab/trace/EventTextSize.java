package raftlab.trace;

import java.util.List;
import raftlab.node.StateChange;

/** Measures the memory for the texts of an event that came from a replica. */
public final class EventTextSize {
  /** The most bytes of messages, reports and printed lines of replicas that a run keeps. */
  public static final long MAX_BYTES = 384L << 20;

  private EventTextSize() {}

  /** Returns the size in bytes, roughly; 0 for an event without text of a replica. */
  public static long of(Event event) {
    if (event instanceof Event.Sent sent) {
      return sent.message().approximateBytes();
    } else if (event instanceof Event.Reported report) {
      return report.change() instanceof StateChange.Appended entry && entry.command() != null
          ? entry.command().length()
          : 0;
    } else if (event instanceof Event.Malformed bad) {
      return bad.complaint().length() + bad.quote().length();
    } else if (event instanceof Event.Printed printed) {
      return printed.line().length();
    } else if (event instanceof Event.Noted note) {
      return note.text().length();
    } else if (event instanceof Event.Exited exited) {
      return totalLength(exited.lastWords());
    }
    return 0;
  }

  private static long totalLength(List<String> lines) {
    return lines.stream().mapToLong(String::length).sum();
  }
}
