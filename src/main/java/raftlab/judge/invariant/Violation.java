package raftlab.judge.invariant;

import java.util.List;
import java.util.Optional;
import raftlab.trace.Event;
import raftlab.wire.Id;

/**
 * An invariant was broken.
 *
 * @param mistake the mistake that breaks it in this way; empty if there are several
 * @param replicas the replicas that broke it; empty if it isn't known
 * @param text how it was broken: replicas, terms, indices and figures
 * @param evidence the few events that prove it, in order of time
 */
public record Violation(
    Invariant invariant,
    Optional<KnownMistake> mistake,
    List<Id> replicas,
    String text,
    List<Event> evidence) {
  /** Takes copies of the lists. */
  public Violation {
    replicas = List.copyOf(replicas);
    evidence = List.copyOf(evidence);
  }

  /** When it was broken: at the last event of the evidence. */
  public long atMicros() {
    return evidence.isEmpty() ? 0 : evidence.get(evidence.size() - 1).atMicros();
  }
}
