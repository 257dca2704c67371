package raftlab.grade.book;

import java.util.List;
import java.util.Optional;
import raftlab.grade.store.FaultRecord;
import raftlab.grade.store.HandInRecord;
import raftlab.grade.store.RunRecord;
import raftlab.grade.store.TeamRecord;

/**
 * The grade of a team.
 *
 * @param team the team
 * @param status how far its grading is, and how its hand-in ended
 * @param note the reason for a status other than graded; may be ""
 * @param handIn what became of the hand-in before it was played; empty if nothing did yet
 * @param scenarios its result in each scenario, in the order of the tables
 * @param earned the points of all scenarios, before the late penalty
 * @param max the points that count as full marks, without those that are open
 * @param open the points that are neither earned nor lost yet
 * @param late what is taken off for handing in late
 * @param points the points after the late penalty
 */
public record TeamGrade(
    TeamRecord team,
    TeamStatus status,
    String note,
    Optional<HandInRecord> handIn,
    List<ScenarioGrade> scenarios,
    double earned,
    double max,
    double open,
    LatePenalty late,
    double points) {
  /** Copies the list. */
  public TeamGrade {
    scenarios = List.copyOf(scenarios);
  }

  /** Returns the number of scenarios with this mark. */
  public int count(Mark mark) {
    return (int) scenarios.stream().filter(each -> each.mark() == mark).count();
  }

  /** Returns what was responsible if the hand-in could not be played. */
  public FaultRecord fault() {
    return handIn.map(HandInRecord::fault).orElse(FaultRecord.NONE);
  }

  /** Whether it has all points that it can have, and none is open. */
  public boolean isPerfect() {
    return open == 0 && scenarios.stream().allMatch(each -> each.mark() == Mark.PASS);
  }

  /** Returns how long its copy, its build and its runs took together, in seconds. */
  public double seconds() {
    double ofRuns =
        scenarios.stream()
            .flatMap(scenario -> scenario.runs().stream())
            .mapToDouble(RunRecord::wallSeconds)
            .sum();
    return ofRuns + handIn.map(HandInRecord::seconds).orElse(0.0);
  }

  /** Returns its result in a scenario. */
  public Optional<ScenarioGrade> scenario(String key) {
    return scenarios.stream().filter(each -> each.scenario().key().equals(key)).findFirst();
  }
}
