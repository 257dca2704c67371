package raftlab.grade.book;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import raftlab.grade.store.CauseRecord;
import raftlab.grade.store.ScenarioRecord;
import raftlab.grade.store.TeamRecord;

/**
 * What differs between two gradings, or between the grades before and after they were judged again.
 *
 * @param changes the teams in both whose results differ
 * @param unchanged the number of teams in both with equal results
 * @param onlyBefore the teams that only the first has
 * @param onlyAfter the teams that only the second has
 * @param scenariosOnlyBefore the scenarios that only the first has
 * @param scenariosOnlyAfter the scenarios that only the second has
 */
public record GradeComparison(
    List<TeamChange> changes,
    int unchanged,
    List<String> onlyBefore,
    List<String> onlyAfter,
    List<String> scenariosOnlyBefore,
    List<String> scenariosOnlyAfter) {
  /** A team with another result. */
  public record TeamChange(TeamGrade before, TeamGrade after, List<ScenarioChange> scenarios) {
    /** Copies the list. */
    public TeamChange {
      scenarios = List.copyOf(scenarios);
    }
  }

  /** A scenario in which a team has another result. */
  public record ScenarioChange(ScenarioGrade before, ScenarioGrade after) {
    /** Whether the mark or the rate differs. */
    public boolean isOfResult() {
      return before.mark() != after.mark()
          || before.rate().passes() != after.rate().passes()
          || before.rate().runs() != after.rate().runs();
    }

    /** Whether another cause is named. */
    public boolean isOfCause() {
      return !causeName(before).equals(causeName(after));
    }

    /** Whether the points differ, or what can be had. */
    public boolean isOfPoints() {
      return differ(before.points(), after.points())
          || differ(before.max() + before.open(), after.max() + after.open());
    }

    /** Whether the tiers differ. */
    public boolean isOfTiers() {
      return !tiers(before).equals(tiers(after));
    }

    private static List<String> tiers(ScenarioGrade grade) {
      return grade.tiers().stream().map(tier -> tier.metric() + ":" + tier.tier()).toList();
    }

    private boolean isAny() {
      return isOfResult() || isOfCause() || isOfPoints() || isOfTiers();
    }
  }

  /** Copies the lists. */
  public GradeComparison {
    changes = List.copyOf(changes);
    onlyBefore = List.copyOf(onlyBefore);
    onlyAfter = List.copyOf(onlyAfter);
    scenariosOnlyBefore = List.copyOf(scenariosOnlyBefore);
    scenariosOnlyAfter = List.copyOf(scenariosOnlyAfter);
  }

  /** Compares two gradings, team by team and scenario by scenario, by their names. */
  public static GradeComparison of(GradeBook before, GradeBook after) {
    List<TeamChange> changes = new ArrayList<>();
    int unchanged = 0;
    for (TeamGrade old : before.teams()) {
      Optional<TeamGrade> now = after.team(old.team().team());
      if (now.isPresent()) {
        TeamChange change = change(old, now.get());
        boolean differs =
            !change.scenarios().isEmpty()
                || old.status() != now.get().status()
                || differ(old.points(), now.get().points());
        if (differs) {
          changes.add(change);
        } else {
          unchanged++;
        }
      }
    }
    return new GradeComparison(
        changes,
        unchanged,
        missing(teams(before), teams(after)),
        missing(teams(after), teams(before)),
        missing(scenarios(before), scenarios(after)),
        missing(scenarios(after), scenarios(before)));
  }

  private static TeamChange change(TeamGrade before, TeamGrade after) {
    List<ScenarioChange> scenarios = new ArrayList<>();
    for (ScenarioGrade old : before.scenarios()) {
      after
          .scenario(old.scenario().key())
          .map(now -> new ScenarioChange(old, now))
          .filter(ScenarioChange::isAny)
          .ifPresent(scenarios::add);
    }
    return new TeamChange(before, after, scenarios);
  }

  private static boolean differ(double a, double b) {
    return Math.abs(a - b) > 1e-9;
  }

  /** Returns the name of the cause, or of the first check that failed; "" for none. */
  public static String causeName(ScenarioGrade grade) {
    return grade
        .cause()
        .filter(CauseRecord::isDetected)
        .map(CauseRecord::name)
        .orElseGet(() -> grade.violated().isEmpty() ? "" : grade.violated().get(0).check());
  }

  private static List<String> teams(GradeBook book) {
    return book.teams().stream().map(TeamGrade::team).map(TeamRecord::team).toList();
  }

  private static List<String> scenarios(GradeBook book) {
    return book.grading().scenarios().stream().map(ScenarioRecord::key).toList();
  }

  private static List<String> missing(List<String> of, List<String> in) {
    return of.stream().filter(each -> !in.contains(each)).toList();
  }

  /** Whether nothing differs. */
  public boolean isEmpty() {
    return changes.isEmpty() && onlyBefore.isEmpty() && onlyAfter.isEmpty();
  }
}
