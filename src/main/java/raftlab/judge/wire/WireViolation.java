package raftlab.judge.wire;

import java.util.List;
import raftlab.trace.Event;

/**
 * A rule that was broken.
 *
 * @param text how, with the figures
 * @param evidence the few events that prove it, in order
 */
public record WireViolation(WireRule rule, String text, List<Event> evidence) {
  /** Takes a copy of the list. */
  public WireViolation {
    evidence = List.copyOf(evidence);
  }
}
