package raftlab.explain.detect;

import java.util.List;
import raftlab.judge.check.Verdict;
import raftlab.judge.invariant.KnownMistake;
import raftlab.trace.Event;

/**
 * A mistake that a replica seems to make.
 *
 * @param atMicros when it showed first
 * @param isCertain whether no correct replica does this; otherwise it is only unlikely
 * @param restsOnMessages whether it depends on the meaning of fields in messages between replicas
 * @param text the observation and the rule
 * @param evidence the few events that show it, in order of time
 */
public record Suspicion(
    KnownMistake mistake,
    long atMicros,
    boolean isCertain,
    boolean restsOnMessages,
    String text,
    List<Event> evidence) {
  /** Takes a copy of the list. */
  public Suspicion {
    evidence = List.copyOf(evidence);
  }

  /** The mistake behind a failed check. */
  public static Suspicion of(Verdict verdict, KnownMistake mistake) {
    long at = verdict.evidence().isEmpty() ? 0 : verdict.evidence().get(0).atMicros();
    return new Suspicion(
        mistake,
        at,
        false,
        false,
        Sentences.of(verdict.firstText(), mistake.rule()),
        verdict.evidence());
  }

  /** The same, but not certain. */
  public Suspicion likely() {
    return new Suspicion(mistake, atMicros, false, restsOnMessages, text, evidence);
  }
}
