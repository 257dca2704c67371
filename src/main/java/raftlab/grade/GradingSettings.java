package raftlab.grade;

import java.time.Duration;
import raftlab.cluster.process.ProcessWorld;
import raftlab.cluster.process.ReplicaCommand;
import raftlab.suite.Suite;
import raftlab.suite.SuiteRunner;

/**
 * The settings of a grading, the same for all hand-ins.
 *
 * @param seed the seed of all random choices
 * @param onlyThisSeed whether it replaces the seed of a scenario that has its own
 * @param jobs the number of parallel runs, of all teams together
 * @param sideBySide the number of teams graded in parallel
 * @param buildTimeout the time limit for a build
 */
public record GradingSettings(
    Suite suite, long seed, boolean onlyThisSeed, int jobs, int sideBySide, Duration buildTimeout) {
  /** How many parallel runs this machine can play. */
  public static int defaultJobs() {
    return SuiteRunner.defaultJobs(new ProcessWorld(ReplicaCommand.reference()));
  }

  /** A team's share of the parallel runs. */
  int jobsOfOneTeam() {
    return Math.max(1, jobs / sideBySide);
  }
}
