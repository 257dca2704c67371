package raftlab.judge.check;

import java.util.List;
import raftlab.judge.linear.Diagnosis;
import raftlab.trace.Event;

/**
 * Answers about one key that are not linearizable.
 *
 * @param kind the kind of contradiction
 * @param key the key
 * @param text the explanation, in words
 * @param summary the same without keys, values and clients
 * @param circumstance why the replica with the wrong answer could not know better
 * @param evidence the events that prove it
 * @param blamed the event among them with the wrong answer
 */
public record Contradiction(
    Diagnosis.ContradictionKind kind,
    String key,
    String text,
    String summary,
    Circumstance circumstance,
    List<Event> evidence,
    Event blamed) {
  /** Why a replica that answered a get could not know of a newer write. */
  public enum Circumstance {
    /** The trace shows no reason. */
    UNKNOWN,
    /** It was cut off from a majority before the newer write was acknowledged. */
    CUT_OFF,
    /** It answered from its own state while another replica led. */
    ANOTHER_LED
  }

  /** Copies the list. */
  public Contradiction {
    evidence = List.copyOf(evidence);
  }
}
