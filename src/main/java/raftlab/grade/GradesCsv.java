package raftlab.grade;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import raftlab.run.RunOutcome;
import raftlab.scenario.Scenario;
import raftlab.suite.Suite;
import raftlab.wire.PrintableText;

/** The table of grades, one row per team, as in RFC 4180. */
public final class GradesCsv {
  private static final int MAX_CHARS = 500;

  private GradesCsv() {}

  /** The header row. */
  public static String header(Suite suite) {
    List<String> cells = new ArrayList<>(List.of("team", "status", "points", "of"));
    List<String> names = suite.scenarios().stream().map(Scenario::name).toList();
    cells.addAll(names);
    names.forEach(name -> cells.add(name + " tiers"));
    cells.addAll(List.of("seed", "seconds", "note"));
    return row(cells);
  }

  /** A team's row. */
  public static String row(TeamGrade grade, GradingSettings settings) {
    List<String> cells = new ArrayList<>();
    cells.add(grade.handIn().team());
    cells.add(grade.status().title());
    cells.add(Integer.toString(grade.points()));
    cells.add(Integer.toString(grade.scenarios().size()));
    grade.scenarios().forEach(scenario -> cells.add(scenario.mark().label()));
    grade
        .scenarios()
        .forEach(scenario -> cells.add(scenario.outcome().map(GradesCsv::tiers).orElse("")));
    cells.add(Long.toString(settings.seed()));
    cells.add(String.format(Locale.ROOT, "%.1f", grade.seconds()));
    cells.add(PrintableText.of(GradingRun.withoutCopy(grade.note()), MAX_CHARS));
    return row(cells);
  }

  private static String tiers(RunOutcome outcome) {
    return outcome.judgement().tiers().entrySet().stream()
        .map(entry -> entry.getKey().key() + ":" + entry.getValue().ordinal())
        .collect(Collectors.joining(" "));
  }

  static String row(List<String> cells) {
    return cells.stream().map(GradesCsv::cell).collect(Collectors.joining(","));
  }

  /**
   * A cell that readers don't split and spreadsheets don't evaluate as a formula: names come from
   * students.
   */
  static String cell(String text) {
    String safe = text.matches("(?s)[=+\\-@\\t\\r].*") && text.length() > 1 ? "'" + text : text;
    return safe.matches("(?s).*[\",\\r\\n].*|\\s.*|.*\\s")
        ? '"' + safe.replace("\"", "\"\"") + '"'
        : safe;
  }
}
