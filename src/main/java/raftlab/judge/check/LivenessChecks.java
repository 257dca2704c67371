package raftlab.judge.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import raftlab.judge.live.LivenessFindings;
import raftlab.judge.live.LivenessReview;
import raftlab.judge.live.LivenessViolation;

/**
 * Checks liveness in the stable periods of a run. Returns a verdict for each violated property,
 * else one verdict for all; none if the run has no stable period that is long enough.
 */
public final class LivenessChecks {
  private LivenessChecks() {}

  public static List<Verdict> verdicts(JudgedRun run) {
    LivenessFindings findings =
        LivenessReview.of(run.scenario(), run.trace(), run.statistics().load().slack());
    List<Verdict> verdicts = new ArrayList<>();
    for (LivenessViolation lack : findings.lacks()) {
      int more = findings.count(lack.promise()) - 1;
      verdicts.add(
          Verdict.failUnlessLoaded(
                  lack.promise().check(),
                  lack.promise().promise(),
                  more > 0 ? lack.text() + "; " + more + " more such" : lack.text(),
                  lack.evidence())
              .of(lack.promise().section()));
    }
    if (verdicts.isEmpty() && findings.calmSeconds() > 0) {
      verdicts.add(
          Verdict.pass(
              "live",
              "an undisturbed majority makes progress",
              String.format(
                  Locale.ROOT, "in stable periods of %.1f s in all", findings.calmSeconds())));
    }
    return verdicts;
  }
}
