package raftlab.grade;

import raftlab.cluster.ProcessorCount;
import raftlab.cluster.process.ProcessWorld;
import raftlab.cluster.process.ReplicaCommand;
import raftlab.suite.ProcessorNeed;
import raftlab.suite.SuiteRunner;

/**
 * How many runs may be played at a time. A fixed number if one was chosen; else as many as keep the
 * machine calm: together they may keep busy only a part of its processors, by what earlier runs of
 * the same teams needed.
 */
public final class RunBudget {
  private final int most;
  private final boolean isFixed;
  private final double processors;
  private double share = ProcessorNeed.TARGET_UTILIZATION;
  private int runs;
  private double used;

  private RunBudget(int most, boolean isFixed, int processors) {
    this.most = most;
    this.isFixed = isFixed;
    this.processors = processors;
  }

  /** A fixed number. */
  public static RunBudget fixed(int runs) {
    return new RunBudget(runs, true, 1);
  }

  /** As many as this machine can play. */
  public static RunBudget measured() {
    int most = SuiteRunner.defaultJobs(new ProcessWorld(ReplicaCommand.reference()));
    return measured(most, ProcessorCount.count());
  }

  /** As many as a machine with these processors can play, at most this number. */
  static RunBudget measured(int most, int processors) {
    return new RunBudget(most, false, processors);
  }

  int most() {
    return most;
  }

  /** Whether a run that needs this much may start; negative if that is not known. */
  boolean fits(double need) {
    return runs < most && (isFixed || runs == 0 || used + assumed(need) <= share * processors);
  }

  void begin(double need) {
    runs++;
    used += assumed(need);
  }

  void end(double need) {
    runs--;
    used = runs == 0 ? 0 : used - assumed(need);
  }

  /** Runs disturbed each other: fewer are played from now on. */
  void disturbed() {
    share = Math.max(share * 0.8, 0.2);
  }

  /** Two runs of which nothing is known fit. */
  private double assumed(double need) {
    return need >= 0 ? need : ProcessorNeed.TARGET_UTILIZATION * processors / 2;
  }
}
