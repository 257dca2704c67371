package raftlab.judge.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import raftlab.judge.invariant.Violation;
import raftlab.judge.live.LivenessFindings;
import raftlab.judge.live.LivenessReview;

/**
 * Whether replicas make progress where nothing is in their way: a verdict for each promise that
 * wasn't kept, one for all of them otherwise, and none where the run has no stretch of calm that is
 * long enough to tell.
 */
public final class LivenessChecks {
  private LivenessChecks() {}

  public static List<Verdict> verdicts(JudgedRun run) {
    LivenessFindings findings = LivenessReview.of(run.trace(), run.statistics().load().slack());
    List<Verdict> verdicts = new ArrayList<>();
    for (Violation violation : findings.all()) {
      verdicts.add(Verdict.of(violation.invariant(), findings, ""));
    }
    if (verdicts.isEmpty() && findings.calmSeconds() > 0) {
      verdicts.add(
          Verdict.pass(
              "live",
              "where nothing is in the way of a majority, it makes progress",
              String.format(Locale.ROOT, "in %.1f s of calm", findings.calmSeconds())));
    }
    return verdicts;
  }
}
