package raftlab.run.findings;

import raftlab.explain.LikelyCause;
import raftlab.explain.LikelyCause.Certainty;
import raftlab.judge.Judgement;
import raftlab.judge.check.Verdict;
import raftlab.judge.check.Verdict.Status;
import raftlab.run.RunOutcome;

/**
 * Why a run did not pass, in a form that is the same for runs that failed in the same way: figures,
 * IDs and values are left out.
 *
 * @param status fail, blocked or unknown
 * @param likely the name of the likely cause; "" if only the symptom is known
 * @param check the check that failed first, or that is unknown if none failed
 */
public record FailureCause(Status status, String likely, String check, String text) {
  private static final int LONGEST = 160;

  /** The cause of a run that did not pass. */
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
        (excused ? "the machine was overloaded: " : "") + plain(check, first.text()));
  }

  /** What runs have in common if they count as one; nothing else decides which belong together. */
  public String key() {
    return status + " " + (likely.isEmpty() ? check + ": " + text : likely);
  }

  /**
   * Without how many more there are; of operations that contradict each other only how, and of a
   * step only what was missing: the same may be missing in many scenarios.
   */
  private static String plain(String check, String text) {
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
