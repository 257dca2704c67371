package raftlab.grade.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import raftlab.grade.book.GradeBook;
import raftlab.grade.book.Mark;
import raftlab.grade.book.ScenarioGrade;
import raftlab.grade.book.TeamGrade;
import raftlab.grade.book.TeamStatus;
import raftlab.grade.store.ScenarioRecord;
import raftlab.wire.PrintableText;

/** The table of grades, one row per team, as in RFC 4180. */
public final class GradesCsv {
  private static final int MAX_CHARS = 500;

  private GradesCsv() {}

  /** Returns the text of the file: a header, and the rows of all teams that are not waiting. */
  public static String of(GradeBook book) {
    return header(book)
        + "\n"
        + book.teams().stream()
            .filter(grade -> grade.status() != TeamStatus.WAITING)
            .map(grade -> row(book, grade) + "\n")
            .collect(Collectors.joining());
  }

  private static String header(GradeBook book) {
    List<String> cells = new ArrayList<>(List.of("team", "status", "points", "of", "open"));
    List<String> names = book.grading().scenarios().stream().map(ScenarioRecord::key).toList();
    cells.addAll(names);
    names.forEach(name -> cells.add(name + " tiers"));
    cells.addAll(List.of("late %", "seed", "seconds", "isolation", "note"));
    return row(cells);
  }

  private static String row(GradeBook book, TeamGrade grade) {
    List<String> cells = new ArrayList<>();
    cells.add(grade.team().team());
    cells.add(grade.status().title());
    cells.add(GradeNumbers.points(grade.points()));
    cells.add(GradeNumbers.points(grade.max()));
    cells.add(GradeNumbers.points(grade.open()));
    grade.scenarios().forEach(scenario -> cells.add(mark(scenario)));
    grade.scenarios().forEach(scenario -> cells.add(GradeNumbers.tierNumbers(scenario.tiers())));
    cells.add(GradeNumbers.points(grade.late().percent()));
    cells.add(Long.toString(book.grading().seed()));
    cells.add(String.format(Locale.ROOT, "%.1f", grade.seconds()));
    cells.add(book.grading().machine().isolationKey());
    cells.add(PrintableText.of(grade.note(), MAX_CHARS));
    return row(cells);
  }

  private static String mark(ScenarioGrade grade) {
    return grade.mark() == Mark.FLAKY
        ? grade.mark().label() + " " + grade.rate().passes() + "/" + grade.rate().runs()
        : grade.mark().label();
  }

  /** Returns a row. */
  public static String row(List<String> cells) {
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
