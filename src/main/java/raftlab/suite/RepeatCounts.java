package raftlab.suite;

import java.util.List;
import raftlab.judge.check.Verdict.Status;
import raftlab.run.RunOutcome;

/** Counts how often a scenario passed, failed or was unknown in repeated runs. */
public record RepeatCounts(int passed, int failed, int blocked, int unknown) {
  /** Counts the runs of one scenario. */
  public static RepeatCounts of(List<RunOutcome> runs) {
    return new RepeatCounts(
        count(runs, Status.PASS),
        count(runs, Status.FAIL),
        count(runs, Status.BLOCKED),
        count(runs, Status.UNKNOWN));
  }

  private static int count(List<RunOutcome> runs, Status status) {
    return (int) runs.stream().filter(run -> run.status() == status).count();
  }

  /** The number of runs. */
  public int runs() {
    return passed + failed + blocked + unknown;
  }

  /** The pass rate; an unknown run doesn't count as passed. */
  public PassRate rate() {
    return new PassRate(passed, runs());
  }

  /** Whether it sometimes passed and sometimes failed. */
  public boolean isFlaky() {
    return passed > 0 && failed > 0;
  }

  /** Fail if any run failed; else blocked or unknown if any was; else pass. */
  public Status status() {
    return failed > 0
        ? Status.FAIL
        : blocked > 0 ? Status.BLOCKED : unknown > 0 ? Status.UNKNOWN : Status.PASS;
  }
}
