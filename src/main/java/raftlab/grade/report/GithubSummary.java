package raftlab.grade.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import raftlab.grade.book.GradeBook;
import raftlab.grade.book.Mark;
import raftlab.grade.book.ScenarioGrade;
import raftlab.grade.book.TeamGrade;

/**
 * The step summary of GitHub Actions, in Markdown: a table of the teams, and what each team failed.
 * Everyone who sees the workflow sees it, so it shows only what teams may see.
 */
public final class GithubSummary {
  /** GitHub refuses summaries of more than 1 MiB. */
  private static final int MAX_CHARS = 250_000;

  private static final int MAX_LINES = 12;

  private final GradeBook book;
  private final List<String> lines = new ArrayList<>();

  private GithubSummary(GradeBook book) {
    this.book = book;
  }

  /** Returns the text. */
  public static String of(GradeBook book) {
    GithubSummary summary = new GithubSummary(book);
    summary.table();
    book.teams().forEach(summary::failures);
    return cut(summary.lines);
  }

  private static String cut(List<String> lines) {
    StringBuilder text = new StringBuilder();
    for (String line : lines) {
      if (text.length() + line.length() > MAX_CHARS) {
        return text.append("\nThe rest is left out; it is in the results folder.\n").toString();
      }
      text.append(line).append('\n');
    }
    return text.toString();
  }

  private void line(String format, Object... values) {
    lines.add(String.format(Locale.ROOT, format, values));
  }

  private void table() {
    line("## %s", MarkdownText.of(title()));
    lines.add("");
    lines.add("| team | points | status | passed | failed | open |");
    lines.add("|---|---|---|---|---|---|");
    for (TeamGrade team : book.teams()) {
      int open = team.count(Mark.OPEN) + team.count(Mark.UNKNOWN);
      line(
          "| %s | %s of %s | %s | %d | %d | %d |",
          MarkdownText.of(team.team().team()),
          GradeNumbers.points(team.points()),
          GradeNumbers.points(team.max()),
          team.status().title(),
          team.count(Mark.PASS),
          team.scenarios().size() - team.count(Mark.PASS) - open,
          open);
    }
  }

  private String title() {
    String title = book.rubric().title();
    return title.isEmpty() ? "Grades, suite " + book.grading().suiteNames() : title;
  }

  private void failures(TeamGrade team) {
    List<ScenarioGrade> failed =
        team.scenarios().stream().filter(each -> each.mark() != Mark.PASS).toList();
    if (failed.isEmpty()) {
      return;
    }
    lines.add("");
    line("### %s", MarkdownText.of(team.team().team()));
    lines.add("");
    if (!team.note().isEmpty()) {
      line("%s", MarkdownText.of(team.note()));
      lines.add("");
    }
    for (ScenarioGrade each : failed) {
      String name =
          ScenarioFeedback.isShown(each)
              ? each.scenario().key() + ": " + each.scenario().title()
              : each.scenario().title();
      line("- **%s** %s", mark(each), MarkdownText.of(name));
      ScenarioFeedback.forTeam(each).stream()
          .limit(MAX_LINES)
          .forEach(text -> line("  <br>%s", MarkdownText.of(text.strip())));
    }
  }

  private static String mark(ScenarioGrade grade) {
    return grade.mark() == Mark.OPEN || grade.mark() == Mark.NONE
        ? "not played"
        : grade.mark().label();
  }
}
