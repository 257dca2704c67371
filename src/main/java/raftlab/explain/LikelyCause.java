package raftlab.explain;

import java.util.List;
import raftlab.trace.Event;

/**
 * What most probably made a run fail.
 *
 * @param name a short word in kebab case, the same for the same mistake: {@code votes-twice}
 * @param text what a replica did, when, and the rule that it broke, in a sentence or two
 * @param section where the (extended) Raft paper has the rule; "" if it doesn't
 * @param certainty how sure that is
 * @param evidence the few events that show it, in order; may be empty
 */
public record LikelyCause(
    String name, String text, String section, Certainty certainty, List<Event> evidence) {

  /** How sure a cause is. */
  public enum Certainty {
    /** No correct replica does what was seen. */
    CERTAIN,
    /** A correct replica hardly ever does it. */
    LIKELY,
    /** Nothing wrong was seen but the symptom; these are its usual causes. */
    USUAL
  }

  /** Takes a copy of the list. */
  public LikelyCause {
    evidence = List.copyOf(evidence);
  }
}
