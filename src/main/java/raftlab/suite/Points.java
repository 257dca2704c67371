package raftlab.suite;

import java.util.List;
import raftlab.judge.check.Verdict.Status;
import raftlab.run.RunOutcome;

/**
 * Points that were earned, and that could be.
 *
 * @param earned a scenario that was played several times earns the share of its runs that passed
 */
public record Points(double earned, double possible) {
  /** None. */
  public static final Points NONE = new Points(0, 0);

  /** What the runs of one scenario earned; none if there was no run. */
  public static Points of(List<RunOutcome> runs) {
    if (runs.isEmpty()) {
      return NONE;
    }
    double points = runs.get(0).scenario().credit().points();
    long passed = runs.stream().filter(run -> run.status() == Status.PASS).count();
    return new Points(points * passed / runs.size(), points);
  }

  /** Both together. */
  public Points plus(Points other) {
    return new Points(earned + other.earned, possible + other.possible);
  }
}
