package raftlab.explain;

import java.util.List;
import raftlab.trace.Event;

/**
 * The most probable cause of a failed run.
 *
 * @param name a short name in kebab case, the same for the same mistake: {@code votes-twice}
 * @param text what a replica did, when, and the rule that it broke, in a few sentences
 * @param section the section of the (extended) Raft paper that has the rule; empty if none has
 * @param certainty how certain it is
 * @param evidence the few events that show it, in order of time; may be empty
 */
public record LikelyCause(
    String name, String text, String section, Certainty certainty, List<Event> evidence) {

  /** How certain a cause is. */
  public enum Certainty {
    /** No correct replica behaves like this. */
    CERTAIN,
    /** A correct replica hardly ever does what was seen. */
    LIKELY,
    /** Only the symptom was seen; these are its usual causes. */
    USUAL,
    /** Only the symptom was seen, and no usual causes of it are known. */
    OBSERVED
  }

  /** Takes a copy of the list. */
  public LikelyCause {
    evidence = List.copyOf(evidence);
  }

  /** Whether a mistake was detected in the run, not only its symptom. */
  public boolean isDetected() {
    return certainty == Certainty.CERTAIN || certainty == Certainty.LIKELY;
  }
}
