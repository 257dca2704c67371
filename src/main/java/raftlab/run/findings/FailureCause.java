package raftlab.run.findings;

import raftlab.explain.LikelyCause;
import raftlab.explain.LikelyCause.Certainty;
import raftlab.judge.Judgement;
import raftlab.judge.check.Verdict;
import raftlab.judge.check.Verdict.Status;
import raftlab.run.RunOutcome;

/**
 * Why a run did not pass, in a form that is equal for runs that failed in the same way: numbers,
 * IDs and values are removed.
 *
 * @param status fail, blocked or unknown
 * @param likelyCause the name of the likely cause; "" if only the symptom is known
 * @param check the first check that failed, or that is unknown if none failed
 */
public record FailureCause(Status status, String likelyCause, String check, String text) {
  private static final int LONGEST = 160;

  /** Returns the cause for a run that did not pass. */
  public static FailureCause of(RunOutcome outcome) {
    String likely =
        outcome
            .cause()
            .filter(cause -> cause.certainty() != Certainty.USUAL)
            .map(LikelyCause::name)
            .orElse("");
    return of(outcome.judgement(), likely);
  }

  static FailureCause of(Judgement judgement, String likely) {
    Verdict first = judgement.decisive();
    String check = judgement.wasNotPlayed() ? "steps" : first.check();
    boolean excused = judgement.status() == Status.UNKNOWN && first.status() != Status.UNKNOWN;
    return new FailureCause(
        judgement.status(),
        likely,
        check,
        (excused ? "the machine was overloaded: " : "") + normalized(check, first.text()));
  }

  /** Returns the key of the group: runs with equal keys belong together. */
  public String key() {
    return status + " " + (likelyCause.isEmpty() ? check + ": " + text : likelyCause);
  }

  /**
   * Removes what differs between equal failures: the number of further ones, the operations of a
   * contradiction, and the text of the failed step.
   */
  private static String normalized(String check, String text) {
    String what =
        check.equals("steps") ? text.replaceFirst("(?s)^(step [\\d.]+: )?[^:]*: ", "") : text;
    String plain =
        what.replaceAll("; (wrong answers about )?\\d+ more (such|keys?)$", "")
            .replaceAll("(?s)(no order of these \\d+ operations) .*: ", "$1 explains all answers: ")
            .replaceAll("(?s) (get|put|append|cas) of .*? with ", " $1 of … with ")
            .replaceAll("\"[^\"]*\"", "\"…\"")
            .replaceAll(" \\(written by [^)]*\\)", "")
            .replaceAll("\\[[^\\]]*\\]|\\{[^}]*\\}", "…")
            .replaceAll("\\b[0-9A-F]{4}\\b|\\d+(\\.\\d+)?", "#")
            .replaceAll("#(, #| and #)+", "#");
    return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "…";
  }
}
