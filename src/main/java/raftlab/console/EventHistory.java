package raftlab.console;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import raftlab.node.StateChange;
import raftlab.report.EventText;
import raftlab.report.TerminalStyle;
import raftlab.trace.Event;

/** The latest events in words, without single messages and output of replicas. */
final class EventHistory {
  private static final int MAX_ENTRIES = 2_000;

  private final Deque<Event> entries = new ArrayDeque<>();

  /** Processes an event. */
  void accept(Event event) {
    if (mayBeListed(event)) {
      entries.add(event);
      if (entries.size() > MAX_ENTRIES) {
        entries.remove();
      }
    }
  }

  /** Whether an event may have a text; computing all texts at once would take long. */
  private static boolean mayBeListed(Event event) {
    return !(event instanceof Event.Sent
            || event instanceof Event.Delivered
            || event instanceof Event.Delayed
            || event instanceof Event.Dropped
            || event instanceof Event.Duplicated
            || event instanceof Event.Printed)
        && (!(event instanceof Event.Reported report) || isShown(report.change()));
  }

  /** An event in words; null for events that are not listed. */
  static @Nullable String text(Event event) {
    if (event instanceof Event.Started started) {
      return "replica " + started.replica() + " started";
    } else if (event instanceof Event.Ready ready) {
      return "replica " + ready.replica() + " is ready";
    } else if (event instanceof Event.Crashed crashed) {
      return "replica " + crashed.replica() + " killed";
    } else if (event instanceof Event.Reported report && !isShown(report.change())) {
      return null;
    }
    return EventText.of(event);
  }

  /** Whether to list a state change; single entries would be too many. */
  private static boolean isShown(StateChange change) {
    return change instanceof StateChange.RoleChanged
        || change instanceof StateChange.Voted
        || change instanceof StateChange.Restored
        || change instanceof StateChange.SnapshotTaken
        || change instanceof StateChange.SnapshotInstalled
        || change instanceof StateChange.MembersChanged;
  }

  /** The last events, oldest first. */
  List<String> last(int count, TerminalStyle style) {
    Deque<String> lines = new ArrayDeque<>();
    Iterator<Event> latest = entries.descendingIterator();
    while (latest.hasNext() && lines.size() < count) {
      Event event = latest.next();
      String text = text(event);
      if (text != null) {
        lines.addFirst(line(event.atMicros(), text, style));
      }
    }
    return List.copyOf(lines);
  }

  /** A line with its time. */
  static String line(long atMicros, String text, TerminalStyle style) {
    return style.faint(String.format(Locale.ROOT, "%8.3f s  ", atMicros / 1e6)) + text;
  }
}
