package raftlab.grade;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import raftlab.explain.LikelyCause;
import raftlab.grade.ScenarioGrade.Mark;
import raftlab.handin.BuildResult;
import raftlab.judge.Judgement;
import raftlab.judge.check.Verdict;
import raftlab.judge.check.Verdict.Status;
import raftlab.report.EventText;
import raftlab.report.FailureText;
import raftlab.report.ReplayCommandLine;
import raftlab.run.RunOutcome;
import raftlab.scenario.PerformanceMetric;
import raftlab.trace.Event;
import raftlab.wire.PrintableText;

/** A team's feedback: the results of its hand-in, and the evidence for each failure. */
public final class TeamFeedback {
  private static final int MAX_EVIDENCE = 12;
  private static final int MAX_CHARS = 1_000;

  private final TeamGrade grade;
  private final GradingSettings settings;
  private final List<String> lines = new ArrayList<>();

  private TeamFeedback(TeamGrade grade, GradingSettings settings) {
    this.grade = grade;
    this.settings = settings;
  }

  /** The lines of the file. */
  public static List<String> of(TeamGrade grade, GradingSettings settings) {
    TeamFeedback feedback = new TeamFeedback(grade, settings);
    feedback.head();
    feedback.build();
    feedback.scenarios();
    feedback.failures();
    feedback.remarks();
    return feedback.lines;
  }

  /** Lines may quote the output of students' programs, which can contain anything. */
  private void line(String format, Object... values) {
    String line = String.format(Locale.ROOT, format, values);
    lines.add(PrintableText.of(GradingRun.withoutCopy(line), MAX_CHARS).stripTrailing());
  }

  private void heading(String text) {
    lines.add("");
    lines.add(text);
  }

  private void head() {
    line(
        "%s: %d of %d scenarios passed",
        grade.handIn().team(), grade.points(), grade.scenarios().size());
    line("Suite %s, seed %d.", settings.suite().name(), settings.seed());
    if (!grade.note().isEmpty()) {
      line("%s: %s", grade.status().title(), grade.note());
    }
  }

  private void build() {
    heading("Build");
    grade.leftOut().forEach(each -> line("  %s", each));
    if (grade.build().isEmpty()) {
      line("  The hand-in was not built.");
      return;
    }
    BuildResult build = grade.build().get();
    line("  %s", build.text());
    if (!build.isGood()) {
      build.output().forEach(each -> line("    | %s", each));
    }
  }

  private void scenarios() {
    heading("Scenarios");
    for (ScenarioGrade each : grade.scenarios()) {
      line(
          "  %-7s  %-14s %s", each.mark().label(), each.scenario().name(), each.scenario().title());
      each.outcome()
          .map(TeamFeedback::tiers)
          .filter(text -> !text.isEmpty())
          .ifPresent(this::indented);
      each.outcome()
          .map(TeamFeedback::failed)
          .filter(text -> !text.isEmpty())
          .ifPresent(this::indented);
      if (each.outcome().isEmpty()) {
        indented(each.why());
      }
    }
  }

  /** The names of the failed checks; their numbers are only useful beside the full text below. */
  private static String failed(RunOutcome outcome) {
    List<String> names =
        outcome.judgement().verdicts().stream()
            .filter(
                verdict -> verdict.status() == Status.FAIL || verdict.status() == Status.BLOCKED)
            .map(verdict -> verdict.check().key())
            .toList();
    return names.isEmpty() ? "" : "failed, see below: " + String.join(", ", names);
  }

  private void indented(String text) {
    line("           %s", text);
  }

  private static String tiers(RunOutcome outcome) {
    Judgement judgement = outcome.judgement();
    return judgement.tiers().entrySet().stream()
        .map(
            entry ->
                entry.getKey().title()
                    + " "
                    + figure(
                        entry.getKey(),
                        Judgement.metricValue(judgement.statistics(), entry.getKey()))
                    + " ("
                    + entry.getValue().title()
                    + ")")
        .collect(Collectors.joining(", "));
  }

  private static String figure(PerformanceMetric metric, double value) {
    return metric == PerformanceMetric.MEDIAN_LATENCY
        ? String.format(Locale.ROOT, "%.2f ms", value * 1000)
        : String.format(Locale.ROOT, "%.0f", value);
  }

  private void failures() {
    boolean first = true;
    for (ScenarioGrade each : grade.scenarios()) {
      if (each.outcome().isPresent() && each.mark() != Mark.PASS) {
        if (first) {
          heading("Failures");
          line(
              "  To play a run again, change to the kit's folder and put your own program after --replica.");
          first = false;
        }
        failure(each.outcome().get());
      }
    }
  }

  private void failure(RunOutcome outcome) {
    lines.add("");
    line("  %s  %s  %s", outcome.status(), outcome.scenario().name(), outcome.scenario().title());
    if (outcome.status() == Status.UNKNOWN || outcome.status() == Status.BLOCKED) {
      line("    %s", outcome.judgement().reason());
    }
    for (Verdict verdict : outcome.judgement().verdicts()) {
      if (verdict.status() == Status.FAIL) {
        String section = verdict.section().isEmpty() ? "" : " (" + verdict.section() + ")";
        line(
            "    %s  %s%s: %s",
            verdict.check().key(), verdict.requirement(), section, verdict.text());
        evidence(verdict.evidence(), outcome.judgement().statistics().beganMicros());
      }
    }
    outcome.cause().ifPresent(this::cause);
    line("    seed %d; to play it again:", outcome.played().seed());
    line("      %s", ReplayCommandLine.command(outcome));
  }

  private void cause(LikelyCause cause) {
    String section = cause.section().isEmpty() ? "" : " Read again: " + cause.section() + ".";
    line("    %s%s", FailureText.summary(cause), section);
  }

  private void evidence(List<Event> events, long beganMicros) {
    for (Event event : events.subList(0, Math.min(MAX_EVIDENCE, events.size()))) {
      String text = EventText.of(event);
      if (text != null) {
        line("      %.3f s  %s", (event.atMicros() - beganMicros) / 1e6, text);
        if (event instanceof Event.Exited exited) {
          exited.lastWords().forEach(word -> line("        | %s", word));
        }
      }
    }
    if (events.size() > MAX_EVIDENCE) {
      line("      ... and %d more", events.size() - MAX_EVIDENCE);
    }
  }

  /** A remark that concerns several scenarios is printed once. */
  private void remarks() {
    Map<String, List<String>> remarks = new LinkedHashMap<>();
    for (ScenarioGrade each : grade.scenarios()) {
      each.outcome()
          .ifPresent(
              outcome ->
                  outcome
                      .remarks()
                      .forEach(
                          remark ->
                              remarks
                                  .computeIfAbsent(remark, key -> new ArrayList<>())
                                  .add(outcome.scenario().name())));
      each.outcome()
          .filter(RunOutcome::isRepetition)
          .ifPresent(
              again ->
                  remarks
                      .computeIfAbsent(
                          "played twice: the machine was overloaded the first time",
                          key -> new ArrayList<>())
                      .add(again.scenario().name()));
    }
    if (!remarks.isEmpty()) {
      heading("Remarks");
      remarks.forEach((remark, names) -> line("  %s: %s", String.join(", ", names), remark));
    }
  }
}
