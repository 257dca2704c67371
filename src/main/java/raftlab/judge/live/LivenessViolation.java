package raftlab.judge.live;

import java.util.List;
import raftlab.trace.Event;

/**
 * A promise that wasn't kept.
 *
 * @param text what is lacking, in words, with the figures
 * @param evidence the events that show it
 */
public record LivenessViolation(LivenessProperty promise, String text, List<Event> evidence) {
  /** Takes a copy of the list. */
  public LivenessViolation {
    evidence = List.copyOf(evidence);
  }
}
