package raftlab.judge.invariant;

import java.util.List;
import java.util.Optional;
import raftlab.scenario.CountedMetric;
import raftlab.trace.Event;
import raftlab.wire.Id;

/**
 * An invariant was broken.
 *
 * @param mistake the mistake that breaks it in this way; empty if there are several
 * @param metric the figure that is out of its limit, if it is about one
 * @param replicas the replicas that broke it; empty if it isn't known
 * @param text how it was broken: replicas, terms, indices and figures
 * @param evidence the few events that prove it, in order of time
 */
public record Violation(
    Invariant invariant,
    Optional<KnownMistake> mistake,
    Optional<CountedMetric> metric,
    List<Id> replicas,
    String text,
    List<Event> evidence) {
  /** Takes copies of the lists. */
  public Violation {
    replicas = List.copyOf(replicas);
    evidence = List.copyOf(evidence);
  }

  /** Creates a violation that is not about a figure. */
  public Violation(
      Invariant invariant,
      Optional<KnownMistake> mistake,
      List<Id> replicas,
      String text,
      List<Event> evidence) {
    this(invariant, mistake, Optional.empty(), replicas, text, evidence);
  }

  /** When it was broken: at the last event of the evidence. */
  public long atMicros() {
    return evidence.isEmpty() ? 0 : evidence.get(evidence.size() - 1).atMicros();
  }
}
