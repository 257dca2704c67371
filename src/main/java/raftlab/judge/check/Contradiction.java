package raftlab.judge.check;

import java.util.List;
import raftlab.judge.linear.Diagnosis;
import raftlab.trace.Event;

/**
 * Answers about one key that no order of the requests explains.
 *
 * @param kind what is wrong with them
 * @param key whose history is wrong
 * @param text why, in words
 * @param evidence the events that prove it
 * @param blamed the one of them that is wrong
 */
public record Contradiction(
    Diagnosis.Kind kind, String key, String text, List<Event> evidence, Event blamed) {
  /** Takes a copy of the list. */
  public Contradiction {
    evidence = List.copyOf(evidence);
  }
}
