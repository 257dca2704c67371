package raftlab.grade.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import raftlab.grade.book.GradeBook;
import raftlab.grade.book.Mark;
import raftlab.grade.book.ScenarioGrade;
import raftlab.grade.book.TeamGrade;
import raftlab.grade.store.Fault;
import raftlab.grade.store.RunRecord;
import raftlab.report.html.MarkupText;

/**
 * The grades as JUnit XML, as Surefire writes it and Jenkins and GitLab read it: a test suite for
 * each team, a test case for each scenario. A failure is the hand-in's, an error is the machine's
 * or the kit's, and skipped is what was not played yet.
 */
public final class JunitXml {
  private JunitXml() {}

  /** Returns the text of the file. */
  public static String of(GradeBook book) {
    List<String> lines = new ArrayList<>();
    lines.add("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    lines.add("<testsuites>");
    book.teams().forEach(team -> suite(team, lines));
    lines.add("</testsuites>");
    return String.join("\n", lines) + "\n";
  }

  private static void suite(TeamGrade team, List<String> lines) {
    int failures = team.count(Mark.FAIL) + team.count(Mark.FLAKY);
    failures += team.count(Mark.BLOCKED) + team.count(Mark.NONE);
    lines.add(
        String.format(
            Locale.ROOT,
            "  <testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"%d\" skipped=\"%d\""
                + " time=\"%.3f\">",
            MarkupText.attribute(team.team().team()),
            team.scenarios().size(),
            failures,
            team.count(Mark.UNKNOWN),
            team.count(Mark.OPEN),
            team.seconds()));
    team.scenarios().forEach(scenario -> testCase(team, scenario, lines));
    lines.add("  </testsuite>");
  }

  /** The class name is different for each team, since some readers drop tests of equal names. */
  private static void testCase(TeamGrade team, ScenarioGrade grade, List<String> lines) {
    String begin =
        String.format(
            Locale.ROOT,
            "    <testcase name=\"%s\" classname=\"%s.%s\" time=\"%.3f\"",
            MarkupText.attribute(grade.scenario().key()),
            MarkupText.attribute(word(grade.scenario().suite())),
            MarkupText.attribute(word(team.team().team())),
            grade.runs().stream().mapToDouble(RunRecord::wallSeconds).sum());
    if (grade.mark() == Mark.PASS) {
      lines.add(begin + "/>");
      return;
    }
    lines.add(begin + ">");
    lines.add("      " + outcome(team, grade));
    lines.add("    </testcase>");
  }

  /** Jenkins takes what stands before the last dot for a package. */
  private static String word(String name) {
    return name.replace('.', '_');
  }

  private static String outcome(TeamGrade team, ScenarioGrade grade) {
    String reason = ScenarioFeedback.reason(grade);
    String note = grade.runs().isEmpty() && !team.note().isEmpty() ? ": " + team.note() : "";
    String message = MarkupText.attribute(reason + note);
    if (grade.mark() == Mark.OPEN) {
      return "<skipped message=\"" + message + "\"/>";
    }
    String element = grade.mark() == Mark.UNKNOWN ? "error" : "failure";
    return String.format(
        Locale.ROOT,
        "<%s message=\"%s\" type=\"%s\">%s</%s>",
        element,
        message,
        MarkupText.attribute(type(team, grade)),
        MarkupText.text(String.join("\n", ScenarioFeedback.forGrader(grade))),
        element);
  }

  private static String type(TeamGrade team, ScenarioGrade grade) {
    if (grade.mark() == Mark.UNKNOWN) {
      Fault fault = (grade.runs().isEmpty() ? team.fault() : grade.fault()).fault();
      return fault.name().toLowerCase(Locale.ROOT);
    }
    String cause = ScenarioFeedback.causeName(grade);
    if (!cause.isEmpty()) {
      return cause;
    }
    return grade.violated().stream()
        .findFirst()
        .map(check -> check.check())
        .orElse(
            grade.mark() == Mark.NONE
                ? team.status().title()
                : grade.mark().name().toLowerCase(Locale.ROOT));
  }
}
