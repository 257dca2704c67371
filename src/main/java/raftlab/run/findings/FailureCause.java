package raftlab.run.findings;

import java.util.Optional;
import raftlab.explain.LikelyCause;
import raftlab.judge.Judgement;
import raftlab.judge.check.Verdict;
import raftlab.judge.check.Verdict.Status;
import raftlab.judge.invariant.CheckName;
import raftlab.run.RunOutcome;

/**
 * Why a run did not pass, in a form that is equal for runs that failed in the same way: numbers,
 * IDs and values are removed.
 *
 * @param status fail, blocked or unknown
 * @param likelyCause the name of the likely cause; "" if only the symptom is known
 * @param check the first check that failed, or that is unknown if none failed; empty for the causes
 *     beyond those that are counted separately
 */
public record FailureCause(
    Status status, String likelyCause, Optional<CheckName> check, String text) {
  private static final int LONGEST = 160;

  /** Returns the cause for a run that did not pass. */
  public static FailureCause of(RunOutcome outcome) {
    String likely =
        outcome.cause().filter(LikelyCause::isDetected).map(LikelyCause::name).orElse("");
    return of(outcome.judgement(), likely);
  }

  static FailureCause of(Judgement judgement, String likely) {
    Verdict first = judgement.decisive();
    CheckName check = judgement.wasNotPlayed() ? CheckName.STEPS : first.check();
    boolean excused = judgement.status() == Status.UNKNOWN && first.status() != Status.UNKNOWN;
    return new FailureCause(
        judgement.status(),
        likely,
        Optional.of(check),
        (excused ? "the machine was overloaded: " : "") + masked(first.summary()));
  }

  /** Returns the key of the group: runs with equal keys belong together. */
  public String key() {
    return status + " " + (likelyCause.isEmpty() ? checkKey() + ": " + text : likelyCause);
  }

  /** Returns the name of the check in reports. */
  public String checkKey() {
    return check.map(CheckName::key).orElse("others");
  }

  /** Masks what differs between equal failures: quotes, lists, IDs and numbers. */
  private static String masked(String summary) {
    String plain =
        summary
            .replaceAll("\"[^\"]*\"", "\"…\"")
            .replaceAll("\\[[^\\]]*\\]|\\{[^}]*\\}", "…")
            .replaceAll("\\b[0-9A-F]{4}\\b|\\d+(\\.\\d+)?", "#")
            .replaceAll("#(, #| and #)+", "#");
    return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "…";
  }
}
