package raftlab.explain.detect;

import java.util.List;
import raftlab.judge.check.Contradiction;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.KnownMistake;
import raftlab.judge.linear.Diagnosis.ContradictionKind;

/** Mistakes that the clients' history alone shows: some wrong answers have only one cause. */
final class HistoryHints {
  private final List<Contradiction> contradictions;

  HistoryHints(List<Contradiction> contradictions) {
    this.contradictions = contradictions;
  }

  void read(Suspicions suspicions, DuplicateExecutionDetector duplicates) {
    if (!contradictions.isEmpty()
        && contradictions.stream().allMatch(each -> isUnusual(each.key()))) {
      Contradiction first = contradictions.get(0);
      suspicions.probable(
          KnownMistake.LOSES_ODD_KEYS,
          first.blamed().atMicros(),
          Evidence.of(first.blamed()),
          "the first of %d keys got a wrong answer, and all of these have unusual names (empty, or"
              + " with quotes, line breaks or letters beyond ASCII)",
          contradictions.size());
    }
    for (Contradiction each : contradictions) {
      if (each.kind() == ContradictionKind.TWICE) {
        duplicates.tookEffectTwice(each);
      } else if (each.kind() == ContradictionKind.OTHER_KEY) {
        suspicions.proven(
            KnownMistake.ANSWERS_WITH_OTHER_VALUE,
            each.blamed().atMicros(),
            Evidence.of(each.blamed()),
            "a client received the value of another key");
      }
    }
  }

  private static boolean isUnusual(String key) {
    return !key.matches("[A-Za-z0-9_.-]+");
  }
}
