package raftlab.grade.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import raftlab.explain.LikelyCause.Certainty;
import raftlab.grade.book.GradeBook;
import raftlab.grade.book.Mark;
import raftlab.grade.book.ScenarioGrade;
import raftlab.grade.book.TeamGrade;
import raftlab.grade.book.Visibility;
import raftlab.grade.store.BuildRecord;
import raftlab.grade.store.CauseRecord;
import raftlab.grade.store.CheckRecord;
import raftlab.grade.store.RunRecord;
import raftlab.wire.PrintableText;

/**
 * A team's feedback in Markdown: its points, the result of each scenario, and the evidence for each
 * failure. Of a scenario that isn't visible, only title, likely cause and section are shown.
 */
public final class TeamFeedback {
  private static final int MAX_CHARS = 1_000;

  private final GradeBook book;
  private final TeamGrade grade;
  private final List<String> lines = new ArrayList<>();

  private TeamFeedback(GradeBook book, TeamGrade grade) {
    this.book = book;
    this.grade = grade;
  }

  /** Returns the text of the file. */
  public static String of(GradeBook book, TeamGrade grade) {
    TeamFeedback feedback = new TeamFeedback(book, grade);
    feedback.head();
    feedback.build();
    feedback.scenarios();
    feedback.failures();
    feedback.remarks();
    return String.join("\n", feedback.lines) + "\n";
  }

  /** Lines may quote the output of students' programs, which can contain anything. */
  private void line(String format, Object... values) {
    String line = String.format(Locale.ROOT, format, values);
    lines.add(PrintableText.of(line, MAX_CHARS).stripTrailing());
  }

  private void heading(String text) {
    lines.add("");
    lines.add("## " + text);
    lines.add("");
  }

  private void head() {
    line(
        "# %s: %s of %s points",
        escaped(grade.team().team()),
        GradeNumbers.points(grade.points()),
        GradeNumbers.points(grade.max()));
    lines.add("");
    line("Suite %s.", escaped(book.grading().suiteNames()));
    String unsafe = book.grading().machine().isolation().warning();
    if (!unsafe.isEmpty()) {
      lines.add("");
      line("**%s.**", unsafe);
      lines.add("");
    }
    if (grade.late().percent() > 0) {
      line(
          "Handed in %s late: %s %% of %s points are taken off.",
          lateness(grade.late().minutes()),
          GradeNumbers.points(grade.late().percent()),
          GradeNumbers.points(grade.earned()));
    }
    if (grade.open() > 0) {
      line(
          "%s more points are open: some scenarios are not played yet, or proved nothing for reasons"
              + " that are not the hand-in's.",
          GradeNumbers.points(grade.open()));
    }
    if (!grade.note().isEmpty()) {
      lines.add("");
      line("**%s**: %s", grade.status().title(), escaped(grade.note()));
    }
  }

  private static String lateness(long minutes) {
    return minutes < 60
        ? minutes + " min"
        : minutes < 48 * 60 ? minutes / 60 + " h" : minutes / (24 * 60) + " days";
  }

  private void build() {
    heading("Build");
    grade
        .handIn()
        .ifPresent(handIn -> handIn.leftOut().forEach(each -> line("- %s", escaped(each))));
    if (grade.handIn().isEmpty() || grade.handIn().get().buildResult().isEmpty()) {
      line("The hand-in was not built.");
      return;
    }
    BuildRecord build = grade.handIn().get().buildResult().get();
    line("%s", escaped(build.text()));
    if (!build.good() && !build.output().isEmpty()) {
      lines.add("");
      build.output().forEach(each -> line("    %s", each));
    }
  }

  private void scenarios() {
    heading("Scenarios");
    lines.add("| result | points | scenario | title | |");
    lines.add("|---|---|---|---|---|");
    for (ScenarioGrade each : grade.scenarios()) {
      line(
          "| %s | %s of %s | %s | %s | %s |",
          each.mark().label(),
          GradeNumbers.points(each.points()),
          GradeNumbers.points(each.max() + each.open()),
          isShown(each) ? escaped(each.scenario().key()) : "(hidden)",
          escaped(each.scenario().title()),
          escaped(remark(each)));
    }
  }

  private static String remark(ScenarioGrade each) {
    if (each.runs().isEmpty()) {
      return each.why();
    }
    List<String> parts = new ArrayList<>();
    if (each.rate().runs() > 1) {
      parts.add(GradeNumbers.rate(each.rate()));
    }
    if (isShown(each)) {
      List<String> failed = each.violated().stream().map(CheckRecord::check).toList();
      if (!failed.isEmpty()) {
        parts.add("failed: " + String.join(", ", failed));
      }
      if (!each.tiers().isEmpty()) {
        parts.add(GradeNumbers.tiers(each.tiers()));
      }
    }
    return String.join("; ", parts);
  }

  private static boolean isShown(ScenarioGrade each) {
    return each.visibility() == Visibility.VISIBLE;
  }

  private void failures() {
    List<ScenarioGrade> failed =
        grade.scenarios().stream().filter(ScenarioGrade::hasFailure).toList();
    if (failed.isEmpty()) {
      return;
    }
    heading("Failures");
    line(
        "To play a run again, change to the kit's folder and put the path of your own program after"
            + " `--replica`. A path that begins with `evidence` is beside this file.");
    failed.forEach(each -> each.decisive().ifPresent(run -> failure(each, run)));
  }

  private void failure(ScenarioGrade each, RunRecord run) {
    lines.add("");
    String name = isShown(each) ? escaped(each.scenario().key()) + ": " : "";
    line("### %s %s%s", run.status(), name, escaped(each.scenario().title()));
    lines.add("");
    if (!isShown(each)) {
      hiddenFailure(run);
      return;
    }
    if (each.mark() == Mark.UNKNOWN || each.mark() == Mark.BLOCKED) {
      line("%s", escaped(run.reason()));
    }
    for (CheckRecord check : each.violated()) {
      String section = check.section().isEmpty() ? "" : " (" + check.section() + ")";
      line(
          "- `%s`: %s%s: %s",
          check.check(), escaped(check.requirement()), section, escaped(check.text()));
      evidence(check.evidence());
    }
    run.likelyCause().ifPresent(this::cause);
    lines.add("");
    line("Seed %d; to play it again:", run.seed());
    lines.add("");
    line("    %s", run.replay());
  }

  /** Only what helps to find the mistake, without what the scenario does. */
  private void hiddenFailure(RunRecord run) {
    String name =
        run.likelyCause().filter(CauseRecord::isDetected).map(CauseRecord::name).orElse("");
    line("This scenario is hidden.%s", name.isEmpty() ? "" : " Likely cause: " + name + ".");
    if (!run.section().isEmpty()) {
      line("Read again: %s.", run.section());
    }
  }

  private void cause(CauseRecord cause) {
    String section = cause.section().isEmpty() ? "" : " Read again: " + cause.section() + ".";
    boolean isNamed =
        cause.certainty() == Certainty.CERTAIN || cause.certainty() == Certainty.LIKELY;
    lines.add("");
    line(
        "%s%s%s",
        isNamed ? "Likely cause: **" + cause.name() + "**: " : "", escaped(cause.text()), section);
  }

  private void evidence(List<String> events) {
    if (!events.isEmpty()) {
      lines.add("");
      events.forEach(each -> line("      %s%s", each.startsWith("|") ? "  " : "", each));
      lines.add("");
    }
  }

  /** A remark that concerns several scenarios is printed once. */
  private void remarks() {
    Map<String, List<String>> remarks = new LinkedHashMap<>();
    for (ScenarioGrade each : grade.scenarios()) {
      if (isShown(each)) {
        String name = each.scenario().key();
        for (RunRecord run : each.runs()) {
          run.remarks().forEach(remark -> add(remarks, remark, name));
          if (run.repeatedAlone()) {
            add(remarks, "played twice: the machine was overloaded the first time", name);
          }
        }
      }
    }
    if (!remarks.isEmpty()) {
      heading("Remarks");
      remarks.forEach(
          (remark, names) -> line("- %s: %s", escaped(String.join(", ", names)), escaped(remark)));
    }
  }

  private static void add(Map<String, List<String>> remarks, String remark, String scenario) {
    List<String> names = remarks.computeIfAbsent(remark, key -> new ArrayList<>());
    if (!names.contains(scenario)) {
      names.add(scenario);
    }
  }

  /** Text without meaning for Markdown and HTML. */
  private static String escaped(String text) {
    return text.replaceAll("([\\\\`*_\\[\\]<>|#])", "\\\\$1");
  }
}
