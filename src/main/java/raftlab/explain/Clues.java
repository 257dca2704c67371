package raftlab.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import raftlab.explain.LikelyCause.Certainty;
import raftlab.trace.Event;

/** What detectors have found: of each mistake the first time that it showed, and how often. */
final class Clues {
  /** A cause and when it showed. */
  record Clue(long atMicros, LikelyCause cause) {}

  private final Map<String, Clue> clues = new LinkedHashMap<>();
  private final Map<Event, Event> messages = new IdentityHashMap<>();
  private final Map<String, Integer> counts = new LinkedHashMap<>();

  /** Whether this mistake is seen for the first time: only then words need to be made. */
  boolean isNew(String name) {
    return counts.merge(name, 1, Integer::sum) == 1;
  }

  /** This report was never made: the message proves it, and is shown in its place. */
  void standsFor(Event.Reported report, Event.Sent sent) {
    messages.put(report, sent);
  }

  int count(String name) {
    return counts.getOrDefault(name, 0);
  }

  /** No correct replica does this. Events that aren't known may be null. */
  void certain(long atMicros, String name, String section, String text, Event... evidence) {
    add(Certainty.CERTAIN, atMicros, name, section, text, evidence);
  }

  /** A correct replica hardly ever does this. */
  void likely(long atMicros, String name, String section, String text, Event... evidence) {
    add(Certainty.LIKELY, atMicros, name, section, text, evidence);
  }

  /** As sure as the caller is. */
  void add(
      Certainty certainty,
      long atMicros,
      String name,
      String section,
      String text,
      Event... evidence) {
    counts.putIfAbsent(name, 1);
    List<Event> known = new ArrayList<>();
    for (Event each : evidence) {
      Event event = messages.getOrDefault(each, each);
      if (event != null && known.stream().noneMatch(other -> other == event)) {
        known.add(event);
      }
    }
    known.sort(Comparator.comparingLong(Event::atMicros));
    clues.putIfAbsent(
        name, new Clue(atMicros, new LikelyCause(name, text, section, certainty, known)));
  }

  /** All of them, in the order in which they were found. */
  List<Clue> all() {
    return List.copyOf(clues.values());
  }
}
