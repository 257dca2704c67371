package raftlab.judge.wire;

import java.util.List;
import raftlab.trace.Event;

/**
 * A violation of a rule.
 *
 * @param text the violation in words, with figures
 * @param evidence the few events that prove it, in order
 */
public record WireViolation(WireRule rule, String text, List<Event> evidence) {
  /** Copies the list. */
  public WireViolation {
    evidence = List.copyOf(evidence);
  }
}
