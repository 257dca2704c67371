package raftlab.judge.raft;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import raftlab.trace.Event;
import raftlab.wire.Id;

/**
 * What the reports of a run show: of each property the first violation, and what is odd about the
 * reports themselves.
 */
public final class Findings {
  /** So many oddities are told; further ones add nothing. */
  private static final int MOST_REMARKS = 5;

  private final Map<Property, Violation> firsts = new EnumMap<>(Property.class);
  private final Map<Property, Integer> counts = new EnumMap<>(Property.class);
  private final Map<String, String> remarks = new LinkedHashMap<>();
  private boolean any;

  Findings() {}

  /** Whether any replica reported anything; if none did, nothing was judged. */
  public boolean isAnythingReported() {
    return any;
  }

  /** The first violation of this property; null if there was none. */
  public Violation first(Property property) {
    return firsts.get(property);
  }

  /** How often this property was violated. */
  public int count(Property property) {
    return counts.getOrDefault(property, 0);
  }

  /** Reports that make no sense, each kind once a replica, in words. */
  public List<String> remarks() {
    return List.copyOf(remarks.values());
  }

  void reported() {
    any = true;
  }

  /** The words are only made for the first violation: there may be one an event. */
  boolean isFirst(Property property) {
    return counts.merge(property, 1, Integer::sum) == 1;
  }

  /** Takes the evidence in any order, some of it null for what isn't known. */
  void violated(Property property, String text, Event... evidence) {
    List<Event> known = new ArrayList<>();
    for (Event event : evidence) {
      if (event != null && known.stream().noneMatch(other -> other == event)) {
        known.add(event);
      }
    }
    known.sort(Comparator.comparingLong(Event::atMicros));
    firsts.putIfAbsent(property, new Violation(property, text, known));
  }

  /** A report makes no sense: it is passed over. One of each kind is told a replica. */
  void odd(Id replica, String kind, String text) {
    if (remarks.size() < MOST_REMARKS) {
      remarks.putIfAbsent(
          replica + kind, "replica " + replica + " reported what makes no sense: it " + text);
    }
  }

  void remark(Id replica, String text) {
    if (remarks.size() < MOST_REMARKS) {
      remarks.putIfAbsent(replica + text, "replica " + replica + " " + text);
    }
  }
}
