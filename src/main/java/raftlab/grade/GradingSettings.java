package raftlab.grade;

import java.time.Duration;
import raftlab.cluster.process.ProcessWorld;
import raftlab.cluster.process.ReplicaCommand;
import raftlab.suite.Suite;
import raftlab.suite.SuiteRunner;

/**
 * How hand-ins are graded; the same for all.
 *
 * @param seed the seed of all random choices
 * @param onlyThisSeed whether it counts even for a scenario that has a seed of its own
 * @param jobs how many runs at a time, of all teams together
 * @param sideBySide how many teams at a time
 * @param buildTimeout how long a build may take
 */
public record GradingSettings(
    Suite suite, long seed, boolean onlyThisSeed, int jobs, int sideBySide, Duration buildTimeout) {
  /** How many runs at a time this machine has room for. */
  public static int defaultJobs() {
    return SuiteRunner.defaultJobs(new ProcessWorld(ReplicaCommand.reference()));
  }

  /** A team's share of the runs at a time. */
  int jobsOfOneTeam() {
    return Math.max(1, jobs / sideBySide);
  }
}
