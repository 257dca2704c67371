package raftlab.grade.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import raftlab.grade.book.GradeBook;
import raftlab.grade.book.Mark;
import raftlab.grade.book.ScenarioGrade;
import raftlab.grade.book.TeamGrade;
import raftlab.grade.book.TeamStatus;
import raftlab.grade.store.Fault;
import raftlab.grade.store.ScenarioRecord;
import raftlab.report.html.PageTemplate;

/** The grader's page, {@code index.html}: all teams and scenarios, in one file. */
final class IndexPage {
  private static final PageTemplate TEMPLATE = PageTemplate.read(IndexPage.class, "index.html");

  private IndexPage() {}

  /** Returns the text of the file. */
  static String of(GradeBook book) {
    Map<String, Object> values = new HashMap<>();
    values.put("title", title(book));
    values.put("unsafe", book.grading().machine().isolation().warning());
    values.put("suites", book.grading().suiteNames());
    values.put("kit", book.grading().kit());
    values.put("seed", book.grading().seed());
    values.put("repeats", book.grading().repeats());
    values.put("max", GradeNumbers.points(book.max()));
    values.put("teams", book.teams().size());
    values.put("finished", book.finished());
    values.put("scenarios", book.grading().scenarios().stream().map(IndexPage::scenario).toList());
    values.put("rows", book.teams().stream().map(IndexPage::row).toList());
    values.put("bars", PointsDistribution.bars(book));
    values.put("boards", boards(book));
    values.put("excused", excused(book));
    values.put("problems", book.problems());
    return TEMPLATE.with(values);
  }

  /** Returns the title of a grading. */
  static String title(GradeBook book) {
    String title = book.rubric().title();
    return title.isEmpty() ? "Grades, suite " + book.grading().suiteNames() : title;
  }

  /** Returns the address of a team's page, seen from the folder of the results. */
  static String link(TeamGrade grade) {
    return "teams/" + UrlPath.of(grade.team().folder()) + "/index.html";
  }

  private static Map<String, Object> scenario(ScenarioRecord scenario) {
    return Map.of("key", scenario.key(), "title", scenario.title());
  }

  private static Map<String, Object> row(TeamGrade grade) {
    Map<String, Object> row = new HashMap<>();
    boolean hasPage = grade.status() != TeamStatus.WAITING;
    row.put("team", grade.team().team());
    row.put("link", hasPage ? link(grade) : "");
    row.put("status", grade.status().title());
    row.put("note", grade.note());
    row.put("points", GradeNumbers.points(grade.points()));
    row.put("of", GradeNumbers.points(grade.max()));
    row.put("open", grade.open() == 0 ? "" : GradeNumbers.points(grade.open()));
    row.put("late", grade.late().percent() == 0 ? "" : GradeNumbers.points(grade.late().percent()));
    List<Map<String, Object>> cells = new ArrayList<>();
    int number = 0;
    for (ScenarioGrade each : grade.scenarios()) {
      number++;
      String label =
          each.mark() == Mark.FLAKY
              ? each.rate().passes() + "/" + each.rate().runs()
              : each.mark().label();
      cells.add(
          Map.of(
              "mark", label,
              "kind", each.mark().name().toLowerCase(Locale.ROOT),
              "order", each.mark().ordinal(),
              "anchor", TeamPage.anchor(number),
              "cellLink", each.runs().isEmpty() ? "" : link(grade),
              "hint", hint(each)));
    }
    row.put("cells", cells);
    return row;
  }

  private static String hint(ScenarioGrade grade) {
    String cause = ScenarioFeedback.causeName(grade);
    return cause.isEmpty() || !grade.hasFailure() ? ScenarioFeedback.reason(grade) : cause;
  }

  private static List<Map<String, Object>> boards(GradeBook book) {
    List<Map<String, Object>> boards = new ArrayList<>();
    for (LeaderboardMetric metric : LeaderboardMetric.values()) {
      Leaderboard board = Leaderboard.of(book, metric);
      if (!board.rows().isEmpty()) {
        boards.add(
            Map.of(
                "metric",
                metric.title() + metric.unit(),
                "ranks",
                board.rows().stream().map(row -> rank(metric, row)).toList()));
      }
    }
    return boards;
  }

  private static Map<String, Object> rank(LeaderboardMetric metric, Leaderboard.Row row) {
    return Map.of(
        "rank", row.rank() + (row.isTied() ? "=" : ""),
        "team", row.grade().team().team(),
        "link", link(row.grade()),
        "value", metric.shown(row.value()));
  }

  private static List<Map<String, Object>> excused(GradeBook book) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Fault fault : List.of(Fault.KIT, Fault.MACHINE)) {
      for (GradeBook.ExcusedResult each : book.excused()) {
        if (each.fault().fault() == fault) {
          all.add(
              Map.of(
                  "of", fault.title(),
                  "team", each.team().team(),
                  "scenario", each.scenario().map(ScenarioRecord::key).orElse(""),
                  "text", each.fault().text()));
        }
      }
    }
    return all;
  }
}
