package raftlab.grade;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import raftlab.cluster.ProcessorCount;
import raftlab.grade.TeamWork.PlannedRun;
import raftlab.grade.store.GradingFolder;
import raftlab.grade.store.GradingRecord;
import raftlab.grade.store.HandInRecord;
import raftlab.grade.store.HandInStatus;
import raftlab.grade.store.RunRecord;
import raftlab.grade.store.ScenarioRecord;
import raftlab.grade.store.TeamRecord;
import raftlab.handin.HandIn;

/** What is left to do in a grading: the runs without a record, and those that prove nothing. */
public final class GradingPlan {
  private final List<TeamWork> work = new ArrayList<>();
  private final List<TeamWork> neverStarting = new ArrayList<>();
  private int recorded;

  private GradingPlan() {}

  /**
   * Makes the plan.
   *
   * @param handIns the hand-ins of the teams to grade, by the folder of the team
   * @param part the runs to play
   */
  public static GradingPlan of(
      GradingFolder folder,
      Map<String, HandIn> handIns,
      BiPredicate<TeamRecord, ScenarioRecord> part) {
    GradingPlan plan = new GradingPlan();
    int number = 0;
    for (TeamRecord team : folder.grading().teams()) {
      number++;
      HandIn handIn = handIns.get(team.folder());
      if (handIn != null) {
        plan.add(folder, team, handIn, number, part);
      }
    }
    return plan;
  }

  private void add(
      GradingFolder folder,
      TeamRecord team,
      HandIn handIn,
      int number,
      BiPredicate<TeamRecord, ScenarioRecord> part) {
    GradingRecord grading = folder.grading();
    List<PlannedRun> missing = new ArrayList<>();
    int planned = 0;
    for (int repetition = 0; repetition < grading.repeats(); repetition++) {
      for (ScenarioRecord scenario : grading.scenarios()) {
        if (part.test(team, scenario)) {
          planned++;
          Optional<RunRecord> run = folder.run(team, scenario, repetition);
          if (run.filter(RunRecord::isDecided).isEmpty()) {
            missing.add(new PlannedRun(scenario, repetition));
          }
        }
      }
    }
    recorded += planned - missing.size();
    Optional<HandInRecord> record = folder.handIn(team);
    if (planned == 0 || missing.isEmpty() && record.isPresent() || isOver(record)) {
      return;
    }
    TeamWork its = new TeamWork(team, handIn, number, missing);
    for (RunRecord run : folder.runs(team)) {
      its.hasStarted |= RunJudge.hasStarted(run);
      its.failedStarts += RunJudge.isNotStarted(run) ? 1 : 0;
    }
    (its.neverStarts() && record.isPresent() ? neverStarting : work).add(its);
  }

  /** Whether there is nothing to play in a hand-in, through its own fault. */
  private static boolean isOver(Optional<HandInRecord> record) {
    return record
        .filter(handIn -> handIn.status() != HandInStatus.READY)
        .filter(handIn -> !handIn.fault().fault().isExcused())
        .isPresent();
  }

  /** Returns the number of runs that are recorded and not played again. */
  public int recorded() {
    return recorded;
  }

  /** Returns the number of runs to play. */
  public int runs() {
    return work.stream().mapToInt(each -> each.pending.size()).sum();
  }

  /** Returns the number of teams with something left to do. */
  public int teams() {
    return work.size();
  }

  List<TeamWork> work() {
    return work;
  }

  /** Returns the teams whose replicas never start, by runs that are recorded. */
  List<TeamWork> neverStarting() {
    return neverStarting;
  }

  /** Returns how many hand-ins may be built at a time: a build keeps a processor busy. */
  int mostBuilds(int jobs) {
    return Math.max(1, Math.min(jobs, ProcessorCount.count()));
  }
}
