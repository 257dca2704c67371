package raftlab.grade.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import raftlab.grade.book.GradeBook;
import raftlab.grade.book.TeamStatus;
import raftlab.report.html.MarkupText;
import raftlab.report.html.PageTemplate;

/**
 * What the whole class gets wrong, for the next lecture: {@code class.html} and {@code class.md}.
 * Neither names a team.
 */
final class ClassPage {
  private static final PageTemplate TEMPLATE = PageTemplate.read(ClassPage.class, "class.html");
  private static final int MAX_EVENTS = 6;

  private ClassPage() {}

  /** Returns the page. */
  static String html(GradeBook book) {
    Map<String, Object> values = new HashMap<>();
    values.put("title", IndexPage.title(book));
    values.put("unsafe", book.grading().machine().isolation().warning());
    values.put("played", played(book));
    values.put("groups", ClassFailures.of(book).stream().map(each -> group(book, each)).toList());
    values.put("unplayed", unplayed(book));
    return TEMPLATE.with(values);
  }

  private static Map<String, Object> group(GradeBook book, ClassFailures failures) {
    Map<String, Object> values = new HashMap<>();
    values.put("name", failures.name());
    values.put("isDetected", failures.isDetected());
    values.put("section", failures.section());
    values.put("teams", failures.teams());
    values.put("percent", 100 * failures.teams() / Math.max(1, played(book)));
    values.put("failures", failures.failures());
    values.put("scenarios", String.join(", ", failures.scenarios()));
    values.put("text", failures.example().text());
    values.put("events", String.join("\n", events(failures)));
    values.put("example", failures.example().scenario().scenario().key());
    values.put("link", link(failures));
    return values;
  }

  private static String link(ClassFailures failures) {
    return IndexPage.link(failures.example().grade())
        + "#"
        + TeamPage.anchor(failures.example().number());
  }

  private static List<String> events(ClassFailures failures) {
    List<String> events = failures.example().evidence();
    return events.subList(0, Math.min(MAX_EVENTS, events.size()));
  }

  /** The number of teams with results. */
  private static int played(GradeBook book) {
    return (int)
        book.teams().stream()
            .filter(each -> each.scenarios().stream().anyMatch(one -> !one.runs().isEmpty()))
            .count();
  }

  /** What kept hand-ins from being played, with the numbers of teams. */
  private static List<Map<String, Object>> unplayed(GradeBook book) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (TeamStatus status :
        List.of(
            TeamStatus.NOT_COPIED,
            TeamStatus.NOT_BUILT,
            TeamStatus.NO_PROGRAM,
            TeamStatus.NEVER_STARTED)) {
      long count = book.teams().stream().filter(each -> each.status() == status).count();
      if (count > 0) {
        all.add(Map.of("status", status.title(), "count", count));
      }
    }
    return all;
  }

  /** Returns the same in Markdown. */
  static String markdown(GradeBook book) {
    List<String> lines = new ArrayList<>();
    lines.add("# What the whole class gets wrong");
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT, "%s. %d teams.", MarkdownText.of(IndexPage.title(book)), played(book)));
    lines.add("");
    lines.add("| cause | teams | failures | read again |");
    lines.add("|---|---|---|---|");
    List<ClassFailures> all = ClassFailures.of(book);
    for (ClassFailures each : all) {
      lines.add(
          String.format(
              Locale.ROOT,
              "| %s | %d | %d | %s |",
              MarkdownText.of(each.name()),
              each.teams(),
              each.failures(),
              MarkdownText.of(each.section())));
    }
    for (ClassFailures each : all) {
      lines.add("");
      lines.add("## " + MarkdownText.of(each.name()));
      lines.add("");
      lines.add("In " + MarkdownText.of(String.join(", ", each.scenarios())) + ".");
      if (!each.section().isEmpty()) {
        lines.add("Read again: " + MarkdownText.of(each.section()) + ".");
      }
      lines.add("");
      lines.add(
          String.format(
              Locale.ROOT,
              "The [shortest example](%s), %s: %s",
              link(each),
              MarkdownText.of(each.example().scenario().scenario().key()),
              MarkdownText.of(each.example().text())));
      if (!events(each).isEmpty()) {
        lines.add("");
        events(each).forEach(event -> lines.add("    " + MarkupText.clean(event)));
      }
    }
    unplayed(book).forEach(each -> lines.add("\n" + each.get("status") + ": " + each.get("count")));
    return String.join("\n", lines) + "\n";
  }
}
