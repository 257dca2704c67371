package raftlab.grade.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import raftlab.grade.book.GradeComparison;
import raftlab.grade.book.GradeComparison.ScenarioChange;
import raftlab.grade.book.GradeComparison.TeamChange;
import raftlab.grade.book.Mark;
import raftlab.grade.book.ScenarioGrade;
import raftlab.grade.book.TeamGrade;
import raftlab.report.TerminalStyle;

/** Says what differs between two gradings, with the reasons. */
public final class GradeComparisonText {
  private final TerminalStyle style;

  /** Creates the text. */
  public GradeComparisonText(TerminalStyle style) {
    this.style = style;
  }

  /** Returns the lines. */
  public List<String> of(GradeComparison comparison) {
    List<String> lines = new ArrayList<>();
    comparison.changes().forEach(change -> team(change, lines));
    names("Only in the first: team", comparison.onlyBefore(), lines);
    names("Only in the second: team", comparison.onlyAfter(), lines);
    names("Only in the first: scenario", comparison.scenariosOnlyBefore(), lines);
    names("Only in the second: scenario", comparison.scenariosOnlyAfter(), lines);
    int changed = comparison.changes().size();
    lines.add(
        String.format(
            Locale.ROOT,
            "%d %s changed, %d did not.",
            changed,
            changed == 1 ? "team" : "teams",
            comparison.unchanged()));
    return lines;
  }

  private static void names(String title, List<String> names, List<String> lines) {
    if (!names.isEmpty()) {
      lines.add(title + (names.size() == 1 ? " " : "s ") + String.join(", ", names));
    }
  }

  private void team(TeamChange change, List<String> lines) {
    TeamGrade before = change.before();
    TeamGrade after = change.after();
    String points = points(before) + " -> " + points(after);
    boolean better = after.points() >= before.points();
    String status =
        before.status() == after.status()
            ? ""
            : "  " + before.status().title() + " -> " + after.status().title();
    lines.add(
        String.format(
            Locale.ROOT,
            "%-28s %s%s",
            after.team().team(),
            better ? style.success(points) : style.error(points),
            status));
    if (before.late().percent() != after.late().percent()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "  late: %s %% -> %s %% taken off",
              GradeNumbers.points(before.late().percent()),
              GradeNumbers.points(after.late().percent())));
    }
    change.scenarios().forEach(each -> lines.add(scenario(each)));
  }

  private static String points(TeamGrade grade) {
    String open =
        grade.open() == 0 ? "" : " (" + GradeNumbers.points(grade.open()) + " more are open)";
    return GradeNumbers.points(grade.points()) + " of " + GradeNumbers.points(grade.max()) + open;
  }

  private static String scenario(ScenarioChange change) {
    ScenarioGrade before = change.before();
    ScenarioGrade after = change.after();
    List<String> parts = new ArrayList<>();
    if (change.isOfResult()) {
      parts.add(result(before) + " -> " + result(after));
    } else if (change.isOfCause()) {
      parts.add(after.mark().label() + ", cause " + cause(before) + " -> " + cause(after));
    }
    if (change.isOfTiers()) {
      parts.add(
          "tiers "
              + GradeNumbers.tierNumbers(before.tiers())
              + " -> "
              + GradeNumbers.tierNumbers(after.tiers()));
    }
    if (change.isOfPoints()) {
      parts.add(worth(before) + " -> " + worth(after) + " points");
    }
    return String.format(
        Locale.ROOT, "  %-26s %s", after.scenario().key(), String.join("; ", parts));
  }

  private static String worth(ScenarioGrade grade) {
    return GradeNumbers.points(grade.points())
        + " of "
        + GradeNumbers.points(grade.max() + grade.open());
  }

  private static String result(ScenarioGrade grade) {
    String mark =
        grade.mark() == Mark.OPEN
            ? "not played"
            : grade.mark() == Mark.NONE ? "no program" : grade.mark().label();
    String rate =
        grade.rate().runs() > 1 ? " " + grade.rate().passes() + "/" + grade.rate().runs() : "";
    String cause = GradeComparison.causeName(grade);
    String fault = grade.isExcused() ? " (" + grade.fault().fault().title() + ")" : "";
    return mark + rate + fault + (cause.isEmpty() ? "" : " (" + cause + ")");
  }

  private static String cause(ScenarioGrade grade) {
    String name = GradeComparison.causeName(grade);
    return name.isEmpty() ? "unknown" : name;
  }
}
