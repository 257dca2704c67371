package raftlab.suite;

import java.util.List;
import raftlab.judge.check.Verdict.Status;
import raftlab.run.RunOutcome;

/**
 * Points earned, and points available.
 *
 * @param earned a scenario that was played several times earns the share of runs that passed
 */
public record Points(double earned, double possible) {
  /** No points. */
  public static final Points NONE = new Points(0, 0);

  /** The points for the runs of one scenario; none if there was no run. */
  public static Points of(List<RunOutcome> runs) {
    if (runs.isEmpty()) {
      return NONE;
    }
    double points = runs.get(0).scenario().credit().points();
    long passed = runs.stream().filter(run -> run.status() == Status.PASS).count();
    return new Points(points * passed / runs.size(), points);
  }

  /** The sum of both. */
  public Points plus(Points other) {
    return new Points(earned + other.earned, possible + other.possible);
  }
}
