package raftlab.judge.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import raftlab.judge.invariant.CheckName;
import raftlab.judge.invariant.Violation;
import raftlab.judge.live.LivenessFindings;
import raftlab.judge.live.LivenessReview;

/**
 * Checks liveness in the stable periods of a run. Returns a verdict for each violated property,
 * else one verdict for all; none if the run has no stable period that is long enough.
 */
public final class LivenessChecks {
  private LivenessChecks() {}

  public static List<Verdict> verdicts(JudgedRun run) {
    LivenessFindings findings = LivenessReview.of(run.trace(), run.statistics().load().slack());
    List<Verdict> verdicts = new ArrayList<>();
    for (Violation violation : findings.all()) {
      verdicts.add(Verdict.of(violation.invariant(), findings, ""));
    }
    if (verdicts.isEmpty() && findings.stableSeconds() > 0) {
      verdicts.add(
          Verdict.pass(
              CheckName.LIVE,
              "an undisturbed majority makes progress",
              String.format(
                  Locale.ROOT, "in stable periods of %.1f s in all", findings.stableSeconds())));
    }
    return verdicts;
  }
}
