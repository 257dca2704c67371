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
 * @param evidence the events that prove it
 * @param blamed the event among them with the wrong answer
 */
public record Contradiction(
    Diagnosis.Kind kind, String key, String text, List<Event> evidence, Event blamed) {
  /** Copies the list. */
  public Contradiction {
    evidence = List.copyOf(evidence);
  }
}
