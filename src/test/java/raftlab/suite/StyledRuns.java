package raftlab.suite;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import raftlab.explain.LikelyCause;
import raftlab.explain.LikelyCause.Certainty;
import raftlab.judge.check.Verdict.Status;
import raftlab.judge.invariant.CheckName;
import raftlab.run.RunOutcome;
import raftlab.run.findings.TestOutcomes;
import raftlab.suite.BugHunt.BugHuntResult;

/** Results of hunts that were not played. */
public final class StyledRuns {
  private StyledRuns() {}

  /** A failed run with this cause. */
  public static RunOutcome failed(String cause, Certainty certainty) {
    return run(Status.FAIL, cause(cause, certainty), null);
  }

  /** A run that passed, with this suspicion. */
  public static RunOutcome suspected(String cause) {
    return run(Status.PASS, null, cause(cause, Certainty.CERTAIN));
  }

  /** A hunt with this number of runs, of which these failed. */
  public static BugHuntResult hunt(int runs, RunOutcome... caught) {
    return new BugHuntResult(List.of(caught), List.of(), List.of(), List.of(), runs, 1, 1);
  }

  /** A hunt with this number of runs, of which these passed with a suspicion. */
  public static BugHuntResult suspicious(int runs, RunOutcome... suspected) {
    return new BugHuntResult(List.of(), List.of(), List.of(), List.of(suspected), runs, 1, 1);
  }

  /** A hunt with one unknown run; the others passed. */
  public static BugHuntResult unknown(int runs) {
    List<RunOutcome> unknown = List.of(run(Status.UNKNOWN, null, null));
    return new BugHuntResult(List.of(), unknown, List.of(), List.of(), runs, 1, 1);
  }

  private static LikelyCause cause(String name, Certainty certainty) {
    return new LikelyCause(name, "Text of " + name + ".", "§5.2", certainty, List.of());
  }

  private static RunOutcome run(
      Status status, @Nullable LikelyCause cause, @Nullable LikelyCause suspicion) {
    RunOutcome plain =
        TestOutcomes.outcome(1, status, TestOutcomes.verdict(CheckName.LIMITS, status, "a reason"));
    return new RunOutcome(
        plain.scenario(),
        plain.played(),
        plain.judgement(),
        Optional.ofNullable(cause),
        Optional.ofNullable(suspicion),
        0,
        false);
  }
}
