package raftlab.run.swarm;

import java.util.List;
import raftlab.explain.LikelyCause;
import raftlab.judge.Judgement;
import raftlab.judge.Verdict;
import raftlab.judge.Verdict.Status;
import raftlab.run.Outcome;

/**
 * Why a run did not pass, in a form that is the same for runs that failed in the same way: figures,
 * IDs and values are left out.
 *
 * @param likely the name of the likely cause; "" if none is known
 * @param check the check that failed first
 */
public record Cause(String likely, String check, String text) {
  private static final int LONGEST = 160;

  /** The cause of a run that did not pass. */
  public static Cause of(Outcome outcome) {
    String likely = outcome.cause().map(LikelyCause::name).orElse("");
    Judgement judgement = outcome.judgement();
    List<Verdict> wrong =
        judgement.verdicts().stream().filter(each -> each.status() == judgement.status()).toList();
    Verdict first =
        wrong.isEmpty()
            ? judgement.verdicts().stream()
                .filter(each -> each.status() != Status.PASS)
                .findFirst()
                .orElseThrow()
            : wrong.get(0);
    return new Cause(likely, first.check(), plain(first.text()));
  }

  private static String plain(String text) {
    String plain =
        text.replaceAll("(?s) (get|put|append|cas) of .*? with ", " $1 of … with ")
            .replaceAll("\"[^\"]*\"", "\"…\"")
            .replaceAll(" \\(written by [^)]*\\)", "")
            .replaceAll("\\[[^\\]]*\\]|\\{[^}]*\\}", "…")
            .replaceAll("\\b[0-9A-F]{4}\\b|\\d+(\\.\\d+)?", "#")
            .replaceAll("#(, #| and #)+", "#");
    return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "…";
  }
}
