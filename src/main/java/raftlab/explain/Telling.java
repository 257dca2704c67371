package raftlab.explain;

import java.util.List;
import java.util.Locale;
import raftlab.explain.LikelyCause.Certainty;
import raftlab.judge.check.Contradiction;
import raftlab.judge.check.Contradiction.Circumstance;
import raftlab.judge.check.Verdict;
import raftlab.judge.linear.Diagnosis.Kind;
import raftlab.trace.Event;

/** What the clients' history alone tells: some wrong answers can only come from one mistake. */
final class Telling {
  private final List<Contradiction> contradictions;

  Telling(List<Contradiction> contradictions) {
    this.contradictions = contradictions;
  }

  void read(Clues clues, Replays replays) {
    if (contradictions.isEmpty()) {
      return;
    }
    Contradiction first = contradictions.get(0);
    if (contradictions.stream().allMatch(each -> isOdd(each.key()))) {
      clues.probable(
          first.blamed().atMicros(),
          "loses-odd-keys",
          "",
          String.format(
              Locale.ROOT,
              "All %d keys with wrong answers have unusual names (empty, with quotes, line breaks or"
                  + " letters beyond ASCII), the others are right: a key is any string, and must come"
                  + " through JSON, log and storage as it is.",
              contradictions.size()),
          first.blamed());
    }
    for (Contradiction each : contradictions) {
      if (each.kind() == Kind.TWICE) {
        replays.twice(each, clues);
      } else if (each.kind() == Kind.OTHER_KEY) {
        clues.proven(
            each.blamed().atMicros(),
            "answers-with-other-value",
            "§8",
            "A client got the value of another key: each answer must go to the request that it is"
                + " of; remember MID and client with the entry's index and term, and look both up"
                + " when it is applied.",
            each.blamed());
      }
    }
  }

  /** Whether a key is not just some letters and digits. */
  static boolean isOdd(String key) {
    return !key.matches("[A-Za-z0-9_.-]+");
  }

  /** The cause of what a judge found in the messages, and the rule that it breaks. */
  static LikelyCause ofVerdict(Verdict verdict, String name, String rule, Certainty certainty) {
    String what = verdict.firstText();
    String begin = what.substring(0, 1).toUpperCase(Locale.ROOT) + what.substring(1);
    return new LikelyCause(
        name, begin + ": " + rule, verdict.section(), certainty, verdict.evidence());
  }

  /** The usual causes of a wrong answer of this kind. */
  static LikelyCause usual(Contradiction found, boolean isStillThere) {
    String text =
        switch (found.kind()) {
          case LOST_WRITE, UNSEEN_WRITE ->
              isStillThere
                  ? "Most replicas still have the newer value, so this was rather a stale read than a"
                      + " lost write. Usual causes: a read answered by a replica that is not leader"
                      + " any more, or one answered before the new leader has committed an entry of"
                      + " its own term."
                  : "Usual causes: ok was answered before a majority had the entry; a vote was given to"
                      + " a candidate with an older log; or the log or vote was not stored before a"
                      + " message left. (If only this answer was wrong, it was a stale read.)";
          case STALE_READ ->
              found.circumstance() == Circumstance.CUT_OFF
                  ? "It answered without hearing from a majority: before a leader answers a get, a"
                      + " round of heartbeats must be answered by a majority (or a lease from such a"
                      + " round must still hold)."
                  : found.circumstance() == Circumstance.ANOTHER_LED
                      ? "A replica that does not lead must redirect a get; one that led before must learn"
                          + " from a majority that it still leads before it answers."
                      : "Usual causes: a read answered by a follower or by a leader that is cut off; one"
                          + " answered before the new leader has committed an entry of its own term; or a"
                          + " lease that is longer than the election timeout.";
          case TWICE ->
              "Usual causes: a request that was sent again is executed again (look up its MID, or"
                  + " client and seq, before executing); or an entry is applied twice.";
          case UNWRITTEN, OTHER_KEY, ABSURD ->
              "Usual causes: an answer that belongs to another request; or text that does not come"
                  + " through JSON as it is.";
          case FUTURE, TWO_WINNERS, CONTRADICTION ->
              "Usual causes: two leaders that both commit; logs that differ; or entries that are"
                  + " applied in different orders.";
        };
    String name =
        isStillThere && (found.kind() == Kind.LOST_WRITE || found.kind() == Kind.UNSEEN_WRITE)
            ? "stale-read"
            : found.kind() == Kind.UNSEEN_WRITE
                ? "lost-write"
                : found.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    return new LikelyCause(name, text, "§8", Certainty.USUAL, List.<Event>of());
  }
}
