package raftlab.suite;

import java.util.List;
import raftlab.judge.Verdict.Status;
import raftlab.run.Outcome;

/** How often a scenario passed, failed, or told nothing, when it was played several times. */
public record Repeats(int passed, int failed, int blocked, int unknown) {
  /** Counts the runs of one scenario. */
  public static Repeats of(List<Outcome> runs) {
    return new Repeats(
        count(runs, Status.PASS),
        count(runs, Status.FAIL),
        count(runs, Status.BLOCKED),
        count(runs, Status.UNKNOWN));
  }

  private static int count(List<Outcome> runs, Status status) {
    return (int) runs.stream().filter(run -> run.status() == status).count();
  }

  /** How many runs there were. */
  public int runs() {
    return passed + failed + blocked + unknown;
  }

  /** The rate of passes; an unknown is none. */
  public Rate rate() {
    return new Rate(passed, runs());
  }

  /** Whether it sometimes passed and sometimes failed. */
  public boolean isFlaky() {
    return passed > 0 && failed > 0;
  }

  /** Fail if any run failed, else blocked or unknown if any was, else pass. */
  public Status status() {
    return failed > 0
        ? Status.FAIL
        : blocked > 0 ? Status.BLOCKED : unknown > 0 ? Status.UNKNOWN : Status.PASS;
  }
}
