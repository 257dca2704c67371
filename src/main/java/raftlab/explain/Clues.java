package raftlab.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import raftlab.explain.LikelyCause.Certainty;
import raftlab.trace.Event;

/** What detectors have found: of each mistake the first time that it showed, and how often. */
final class Clues {
  /**
   * A cause and when it showed.
   *
   * @param restsOnMessages whether it depends on what the fields of messages between replicas mean
   */
  record Clue(long atMicros, LikelyCause cause, boolean restsOnMessages) {
    Clue likely() {
      LikelyCause likely =
          new LikelyCause(
              cause.name(), cause.text(), cause.section(), Certainty.LIKELY, cause.evidence());
      return new Clue(atMicros, likely, restsOnMessages);
    }
  }

  private final Map<String, Clue> clues = new LinkedHashMap<>();
  private final Map<Event, Event> messages = new IdentityHashMap<>();
  private final Map<String, Integer> counts = new LinkedHashMap<>();
  private final Map<String, Integer> kept = new HashMap<>();

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

  /** A rule whose breach is this mistake could have been broken, and was kept. */
  void kept(String... names) {
    for (String name : names) {
      kept.merge(name, 1, Integer::sum);
    }
  }

  /** The mistake was seen this often, where {@link #isNew} isn't asked each time. */
  void seen(String name, int times) {
    counts.put(name, times);
  }

  /**
   * Whether a rule seems to be misread: it is known how often it was kept, and it was broken as
   * often or more. A replica that does a thing wrong mostly does it right; one that is misread
   * seems to do it wrong each time.
   */
  boolean isMisread(String name) {
    return JUDGED_BY_COUNT.contains(name) && count(name) >= kept.getOrDefault(name, 0);
  }

  /** The mistakes whose rule is noted each time that it is {@link #kept}. */
  private static final Set<String> JUDGED_BY_COUNT =
      Set.of(
          "accepts-old-term",
          "claims-unverified",
          "commits-too-far",
          "commits-with-half",
          "elected-by-half",
          "heartbeat-without-check",
          "match-from-next",
          "reads-anywhere",
          "reads-before-own-commit",
          "reads-without-majority",
          "removed-still-counts",
          "skips-consistency-check",
          "votes-for-old-log",
          "votes-twice");

  /**
   * No correct replica does this, whatever the messages between replicas mean. Events that aren't
   * known may be null.
   */
  void proven(long atMicros, String name, String section, String text, Event... evidence) {
    add(Certainty.CERTAIN, false, atMicros, name, section, text, evidence);
  }

  /** No correct replica does this. Events that aren't known may be null. */
  void certain(long atMicros, String name, String section, String text, Event... evidence) {
    add(Certainty.CERTAIN, atMicros, name, section, text, evidence);
  }

  /** A correct replica hardly ever does this. */
  void likely(long atMicros, String name, String section, String text, Event... evidence) {
    add(Certainty.LIKELY, atMicros, name, section, text, evidence);
  }

  /** A correct replica hardly ever does this, whatever the messages between replicas mean. */
  void probable(long atMicros, String name, String section, String text, Event... evidence) {
    add(Certainty.LIKELY, false, atMicros, name, section, text, evidence);
  }

  /** As sure as the caller is. */
  void add(
      Certainty certainty,
      long atMicros,
      String name,
      String section,
      String text,
      Event... evidence) {
    add(certainty, true, atMicros, name, section, text, evidence);
  }

  private void add(
      Certainty certainty,
      boolean restsOnMessages,
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
    LikelyCause cause = new LikelyCause(name, text, section, certainty, known);
    clues.putIfAbsent(name, new Clue(atMicros, cause, restsOnMessages));
  }

  /** All of them, in the order in which they were found. */
  List<Clue> all() {
    return List.copyOf(clues.values());
  }
}
