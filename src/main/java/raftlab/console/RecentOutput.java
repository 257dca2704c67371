package raftlab.console;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import raftlab.trace.Event;
import raftlab.wire.Id;
import raftlab.wire.PrintableText;

/** The latest output lines of each replica. */
final class RecentOutput {
  private static final int MAX_LINES = 2_000;
  private static final int MAX_CHARS = 1_000;

  private final Map<Id, Deque<String>> lines = new HashMap<>();

  /** Processes an event. */
  void accept(Event event) {
    if (event instanceof Event.Printed printed) {
      Deque<String> its = lines.computeIfAbsent(printed.replica(), id -> new ArrayDeque<>());
      its.add((printed.error() ? "! " : "| ") + PrintableText.of(printed.line(), MAX_CHARS));
      if (its.size() > MAX_LINES) {
        its.remove();
      }
    }
  }

  /** The last lines of a replica, oldest first: {@code |} marks stdout, {@code !} marks stderr. */
  List<String> last(Id replica, int count) {
    List<String> all = new ArrayList<>(lines.getOrDefault(replica, new ArrayDeque<>()));
    return all.subList(Math.max(0, all.size() - count), all.size());
  }
}
