package raftlab.grade.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import raftlab.grade.book.GradeBook;
import raftlab.grade.book.ScenarioGrade;
import raftlab.grade.book.TeamGrade;
import raftlab.grade.store.CauseRecord;
import raftlab.grade.store.CheckRecord;
import raftlab.grade.store.RunFigures;
import raftlab.grade.store.RunRecord;

/**
 * The failures of all teams with the same likely cause; without a detected cause, those of the same
 * check. Faults of the machine and the kit are not counted.
 *
 * @param name the cause, or the check
 * @param isDetected whether the cause was detected; else only the symptom is known
 * @param section the section of the paper; "" if none is known
 * @param teams how many teams have such a failure
 * @param failures in how many results of teams in scenarios
 * @param scenarios the scenarios in which it occurs, by key
 * @param example the shortest example
 */
record ClassFailures(
    String name,
    boolean isDetected,
    String section,
    int teams,
    int failures,
    List<String> scenarios,
    Example example) {
  /**
   * A failure to show.
   *
   * @param grade the team, which a page for the class must not name
   * @param number the number of the scenario among all, from 1
   */
  record Example(TeamGrade grade, ScenarioGrade scenario, RunRecord run, int number) {
    /** What happened, in a few sentences. */
    String text() {
      return run.likelyCause()
          .map(CauseRecord::text)
          .orElseGet(
              () ->
                  scenario.violated().stream()
                      .findFirst()
                      .map(CheckRecord::text)
                      .orElse(run.reason()));
    }

    /** The events that show it, one line each. */
    List<String> evidence() {
      List<String> ofCause = run.likelyCause().map(CauseRecord::evidence).orElse(List.of());
      return ofCause.isEmpty()
          ? scenario.violated().stream().findFirst().map(CheckRecord::evidence).orElse(List.of())
          : ofCause;
    }
  }

  /** Copies the list. */
  ClassFailures {
    scenarios = List.copyOf(scenarios);
  }

  /** Groups the failures; first what most teams get wrong. */
  static List<ClassFailures> of(GradeBook book) {
    Map<String, List<Example>> groups = new LinkedHashMap<>();
    for (TeamGrade grade : book.teams()) {
      int number = 0;
      for (ScenarioGrade each : grade.scenarios()) {
        number++;
        if (each.hasFailure() && !each.isExcused()) {
          RunRecord run = each.decisive().orElseThrow();
          groups
              .computeIfAbsent(name(each), key -> new ArrayList<>())
              .add(new Example(grade, each, run, number));
        }
      }
    }
    List<ClassFailures> all = new ArrayList<>();
    groups.forEach((name, examples) -> all.add(of(name, examples)));
    all.sort(
        Comparator.comparingInt(ClassFailures::teams)
            .thenComparingInt(ClassFailures::failures)
            .reversed()
            .thenComparing(ClassFailures::name));
    return all;
  }

  private static String name(ScenarioGrade grade) {
    String cause = ScenarioFeedback.causeName(grade);
    if (!cause.isEmpty()) {
      return cause;
    }
    return grade.violated().stream()
        .findFirst()
        .map(CheckRecord::check)
        .orElse(grade.mark().label());
  }

  private static ClassFailures of(String name, List<Example> examples) {
    Set<String> teams = new LinkedHashSet<>();
    Set<String> scenarios = new LinkedHashSet<>();
    for (Example each : examples) {
      teams.add(each.grade().team().folder());
      scenarios.add(each.scenario().scenario().key());
    }
    Example shortest =
        examples.stream()
            .min(
                Comparator.comparingDouble(ClassFailures::length)
                    .thenComparingInt(each -> each.evidence().size())
                    .thenComparingInt(each -> each.text().length()))
            .orElseThrow();
    return new ClassFailures(
        name,
        !ScenarioFeedback.causeName(shortest.scenario()).isEmpty(),
        shortest.scenario().section(),
        teams.size(),
        examples.size(),
        List.copyOf(scenarios),
        shortest);
  }

  /** A run with few messages is read quickly. */
  private static double length(Example example) {
    return example.run().figure(RunFigures.MESSAGES).orElse(Double.MAX_VALUE);
  }
}
