package raftlab.grade.book;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import raftlab.grade.store.Fault;
import raftlab.grade.store.FaultRecord;
import raftlab.grade.store.GradingFolder;
import raftlab.grade.store.GradingRecord;
import raftlab.grade.store.RunRecord;
import raftlab.grade.store.ScenarioRecord;
import raftlab.grade.store.TeamRecord;

/**
 * The grades of all teams: what is in the results folder, seen through a rubric. Every table and
 * every page is made from this, at any time, also of an unfinished grading.
 *
 * @param grading the settings of the grading
 * @param rubric how results become points
 * @param max the points that count as full marks for a team of which nothing is open
 * @param teams the teams, in the order of the tables
 * @param problems the records that can't be read, one line each
 */
public record GradeBook(
    GradingRecord grading,
    Rubric rubric,
    double max,
    List<TeamGrade> teams,
    List<String> problems) {
  /**
   * A result that the machine or the kit spoiled, and that costs no points.
   *
   * @param team the team
   * @param scenario the scenario; empty if the hand-in could not even be prepared
   * @param run the run; empty if there is none
   * @param fault what was responsible
   */
  public record ExcusedResult(
      TeamRecord team,
      Optional<ScenarioRecord> scenario,
      Optional<RunRecord> run,
      FaultRecord fault) {}

  /** Copies the lists. */
  public GradeBook {
    teams = List.copyOf(teams);
    problems = List.copyOf(problems);
  }

  /** Computes the grades from what is in the results folder now. */
  public static GradeBook of(GradingFolder folder, Rubric rubric) {
    GradingRecord grading = folder.grading();
    Map<String, ScenarioWorth> worth = ScenarioWorth.of(grading, rubric);
    TeamGrader grader = new TeamGrader(folder, grading, rubric, worth);
    List<TeamGrade> teams = grading.teams().stream().map(grader::grade).toList();
    double max = worth.values().stream().mapToDouble(ScenarioWorth::max).sum();
    return new GradeBook(grading, rubric, max, teams, folder.problems());
  }

  /** Returns the grade of the team with this name. */
  public Optional<TeamGrade> team(String name) {
    return teams.stream().filter(grade -> grade.team().team().equals(name)).findFirst();
  }

  /** Returns the grades of the teams with these folders only. */
  public GradeBook only(Collection<String> folders) {
    return new GradeBook(
        grading,
        rubric,
        max,
        teams.stream().filter(grade -> folders.contains(grade.team().folder())).toList(),
        problems);
  }

  /** Returns the results that the machine or the kit spoiled. */
  public List<ExcusedResult> excused() {
    List<ExcusedResult> all = new ArrayList<>();
    for (TeamGrade grade : teams) {
      if (grade.fault().fault().isExcused()) {
        all.add(new ExcusedResult(grade.team(), Optional.empty(), Optional.empty(), grade.fault()));
      }
      for (ScenarioGrade scenario : grade.scenarios()) {
        for (RunRecord run : scenario.excusedRuns()) {
          all.add(
              new ExcusedResult(
                  grade.team(), Optional.of(scenario.scenario()), Optional.of(run), run.fault()));
        }
      }
    }
    return all;
  }

  /** Whether a result was spoiled by this. */
  public boolean hasExcused(Fault fault) {
    return excused().stream().anyMatch(each -> each.fault().fault() == fault);
  }

  /** Returns the number of teams with their final grade. */
  public int finished() {
    return (int) teams.stream().filter(grade -> grade.status().isFinal()).count();
  }

  /** Whether a hand-in failed a scenario, or could not be played through its own fault. */
  public boolean hasFailed() {
    return teams.stream()
        .anyMatch(
            grade ->
                grade.count(Mark.FAIL)
                        + grade.count(Mark.FLAKY)
                        + grade.count(Mark.BLOCKED)
                        + grade.count(Mark.NONE)
                    > 0);
  }

  /** Whether a result is open. */
  public boolean hasOpen() {
    return teams.stream().anyMatch(grade -> grade.open() > 0 || !grade.status().isFinal());
  }
}
