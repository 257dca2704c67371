package raftlab.grade.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import raftlab.grade.book.Mark;
import raftlab.grade.book.ScenarioGrade;
import raftlab.grade.book.Visibility;
import raftlab.grade.store.CauseRecord;
import raftlab.grade.store.CheckRecord;
import raftlab.grade.store.RunRecord;

/** What is said about a team's result in a scenario, as lines of plain text. */
final class ScenarioFeedback {
  private final ScenarioGrade grade;
  private final List<String> lines = new ArrayList<>();

  private ScenarioFeedback(ScenarioGrade grade) {
    this.grade = grade;
  }

  /**
   * Returns what the team may see: of a scenario that isn't visible only the likely cause and the
   * section of the paper.
   */
  static List<String> forTeam(ScenarioGrade grade) {
    ScenarioFeedback feedback = new ScenarioFeedback(grade);
    if (isShown(grade)) {
      feedback.all();
    } else {
      feedback.hidden();
    }
    return feedback.lines;
  }

  /** Returns all that is known, for the grader. */
  static List<String> forGrader(ScenarioGrade grade) {
    ScenarioFeedback feedback = new ScenarioFeedback(grade);
    feedback.all();
    return feedback.lines;
  }

  /** Whether the team may see what the scenario does. */
  static boolean isShown(ScenarioGrade grade) {
    return grade.visibility() == Visibility.VISIBLE;
  }

  /** Returns the name of the mistake; "" if none was detected. */
  static String causeName(ScenarioGrade grade) {
    return grade.cause().filter(CauseRecord::isDetected).map(CauseRecord::name).orElse("");
  }

  /** Returns the reason in one line; "" if all runs passed. */
  static String reason(ScenarioGrade grade) {
    if (grade.runs().isEmpty()) {
      return grade.why();
    }
    return grade.decisive().map(RunRecord::reason).orElse("");
  }

  private void line(String format, Object... values) {
    lines.add(String.format(Locale.ROOT, format, values));
  }

  private void hidden() {
    if (grade.runs().isEmpty() && !grade.why().isEmpty()) {
      line("%s", grade.why());
    }
    if (grade.hasFailure()) {
      String cause = causeName(grade);
      if (!cause.isEmpty()) {
        line("Likely cause: %s", cause);
      }
      section();
    }
  }

  private void all() {
    if (grade.runs().isEmpty()) {
      line("%s", grade.why());
      return;
    }
    if (grade.rate().runs() > 1) {
      line("%s", GradeNumbers.rate(grade.rate()));
    }
    if (!grade.tiers().isEmpty()) {
      line("%s", GradeNumbers.tiers(grade.tiers()));
    }
    grade.decisive().filter(run -> !run.hasPassed()).ifPresent(this::failure);
  }

  private void failure(RunRecord run) {
    if (grade.mark() == Mark.UNKNOWN || grade.mark() == Mark.BLOCKED) {
      line("%s", run.reason());
    }
    for (CheckRecord check : grade.violated()) {
      String section = check.section().isEmpty() ? "" : " (" + check.section() + ")";
      line("%s: %s%s: %s", check.check(), check.requirement(), section, check.text());
      check.evidence().forEach(event -> line("    %s", event));
    }
    if (!run.fault().limit().isEmpty()) {
      line("%s", run.fault().text());
    }
    run.likelyCause().ifPresent(this::cause);
    section();
    if (!run.replay().isEmpty()) {
      line("Play it again: %s", run.replay());
    }
  }

  private void cause(CauseRecord cause) {
    line("%s%s", cause.isDetected() ? "Likely cause: " + cause.name() + ": " : "", cause.text());
  }

  private void section() {
    if (!grade.section().isEmpty()) {
      line("Read again: %s", grade.section());
    }
  }
}
