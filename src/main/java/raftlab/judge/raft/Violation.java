package raftlab.judge.raft;

import java.util.List;
import raftlab.trace.Event;

/**
 * A property that doesn't hold.
 *
 * @param text how it was broken: replicas, terms and indexes
 * @param evidence the few events that prove it, in order
 */
public record Violation(Property property, String text, List<Event> evidence) {
  /** Takes a copy of the list. */
  public Violation {
    evidence = List.copyOf(evidence);
  }
}
