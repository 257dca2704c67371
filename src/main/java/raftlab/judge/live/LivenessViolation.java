package raftlab.judge.live;

import java.util.List;
import raftlab.trace.Event;

/**
 * A violation of a liveness property.
 *
 * @param text the violation in words, with figures
 * @param evidence the events that show it
 */
public record LivenessViolation(LivenessProperty promise, String text, List<Event> evidence) {
  /** Copies the list. */
  public LivenessViolation {
    evidence = List.copyOf(evidence);
  }
}
