package raftlab.grade.book;

import java.util.List;
import java.util.Optional;
import raftlab.grade.store.CauseRecord;
import raftlab.grade.store.CheckRecord;
import raftlab.grade.store.Fault;
import raftlab.grade.store.FaultRecord;
import raftlab.grade.store.RunRecord;
import raftlab.grade.store.ScenarioRecord;
import raftlab.grade.store.TierRecord;
import raftlab.judge.check.Verdict.Status;
import raftlab.suite.PassRate;

/**
 * A team's result in one scenario.
 *
 * @param scenario the scenario
 * @param visibility when students see it
 * @param mark the result in one word
 * @param rate how many of the decided runs passed; those that the machine or the kit spoiled are
 *     not counted
 * @param points the points earned
 * @param max the points that count as full marks; 0 if the result is open
 * @param open the points that are neither earned nor lost yet: the scenario was not played, or the
 *     machine or the kit spoiled its runs
 * @param runs the runs, in the order of repetitions
 * @param decisive the run to explain: the first that failed, else blocked, else unknown, else the
 *     first; empty if there is none
 * @param why why there is no run; "" if there is one
 */
public record ScenarioGrade(
    ScenarioRecord scenario,
    Visibility visibility,
    Mark mark,
    PassRate rate,
    double points,
    double max,
    double open,
    List<RunRecord> runs,
    Optional<RunRecord> decisive,
    String why) {
  /** Copies the list. */
  public ScenarioGrade {
    runs = List.copyOf(runs);
  }

  /** Returns the points lost. */
  public double lost() {
    return Math.max(0, max - points);
  }

  /** Whether it needs an explanation: a run did not pass. */
  public boolean hasFailure() {
    return decisive.filter(run -> !run.hasPassed()).isPresent();
  }

  /** Returns the tiers of the first run that passed. */
  public List<TierRecord> tiers() {
    return runs.stream()
        .filter(RunRecord::hasPassed)
        .findFirst()
        .map(RunRecord::tiers)
        .orElse(List.of());
  }

  /** Returns the likely cause of the decisive run. */
  public Optional<CauseRecord> cause() {
    return decisive.flatMap(RunRecord::likelyCause);
  }

  /** Returns the section of the Raft paper to read again; "" if none is known. */
  public String section() {
    return decisive.map(RunRecord::section).orElse("");
  }

  /** Returns the checks that the decisive run failed. */
  public List<CheckRecord> violated() {
    return decisive.map(RunRecord::checks).orElse(List.of()).stream()
        .filter(check -> check.status() == Status.FAIL || check.status() == Status.BLOCKED)
        .toList();
  }

  /** Returns what was responsible in the decisive run. */
  public FaultRecord fault() {
    return decisive.map(RunRecord::fault).orElse(FaultRecord.NONE);
  }

  /** Returns the runs that the machine or the kit spoiled. */
  public List<RunRecord> excusedRuns() {
    return runs.stream().filter(run -> !run.isDecided()).toList();
  }

  /** Returns the command that plays the decisive run again; "" if there is none. */
  public String replay() {
    return decisive.map(RunRecord::replay).orElse("");
  }

  /** Whether the machine or the kit spoiled all runs that were played. */
  public boolean isExcused() {
    return mark == Mark.UNKNOWN;
  }

  /** Whether a fault of this kind occurred in one of the runs. */
  public boolean hasFault(Fault fault) {
    return runs.stream().anyMatch(run -> run.fault().fault() == fault);
  }
}
