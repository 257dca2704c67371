package raftlab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import raftlab.judge.Judgement;
import raftlab.judge.check.PerformanceTier;
import raftlab.judge.check.Verdict;
import raftlab.judge.check.Verdict.Status;
import raftlab.judge.figures.RunStatistics;
import raftlab.run.RunOutcome;
import raftlab.scenario.CourseThresholds.TierBounds;
import raftlab.scenario.PerformanceMetric;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.wire.PrintableText;

/** Prints the report of one run. */
public final class RunText {
  private final RunOutcome outcome;
  private final Optional<Trace> trace;
  private final TerminalStyle style;
  private final List<String> lines = new ArrayList<>();

  private RunText(RunOutcome outcome, Optional<Trace> trace, TerminalStyle style) {
    this.outcome = outcome;
    this.trace = trace;
    this.style = style;
  }

  /** The report, line by line, without the messages that led to a failure. */
  public static List<String> of(RunOutcome outcome, TerminalStyle style) {
    return of(outcome, Optional.empty(), style);
  }

  /** The report, line by line, with the messages of this trace that led to a failure. */
  public static List<String> of(RunOutcome outcome, Trace trace, TerminalStyle style) {
    return of(outcome, Optional.of(trace), style);
  }

  private static List<String> of(RunOutcome outcome, Optional<Trace> trace, TerminalStyle style) {
    RunText text = new RunText(outcome, trace, style);
    text.statistics();
    text.checks();
    text.tiers();
    text.remarks();
    text.why();
    text.verdict();
    return text.lines;
  }

  private void heading(String text) {
    lines.add("");
    lines.add(style.bold(text));
  }

  private void row(String name, String format, Object... values) {
    lines.add(
        String.format(Locale.ROOT, "  %-28s", name) + String.format(Locale.ROOT, format, values));
  }

  private void statistics() {
    RunStatistics s = outcome.judgement().statistics();
    heading("Statistics");
    row("messages between replicas", "%d, of them %d lost", s.messages(), s.dropped());
    row(
        "gets",
        "%d generated, %d replaced by puts because no key was known",
        s.gets(),
        s.getsNotGenerated());
    row("", "%d done, %d failed, %d unanswered", s.okGets(), s.failedGets(), s.unansweredGets());
    row("puts", "%d generated", s.puts());
    row("", "%d done, %d failed, %d unanswered", s.okPuts(), s.failedPuts(), s.unansweredPuts());
    row("redirects", "%d", s.redirects());
    row("duplicate answers", "%d", s.duplicates());
    row("malformed messages", "%d", s.malformed().size());
    row(
        "median latency",
        "%s of all answers, %s of requests done",
        s.medianLatencySeconds().isPresent()
            ? NumberText.millis(s.medianLatencySeconds().getAsDouble() * 1000)
            : "none",
        s.medianDoneSeconds().isPresent()
            ? NumberText.millis(s.medianDoneSeconds().getAsDouble() * 1000)
            : "none");
    row("leaders", "%d", s.leaderChanges());
    for (double millis : s.failoversMillis()) {
      row("fail-over", "%s from killing the leader to the next ok", NumberText.millis(millis));
    }
  }

  private void checks() {
    heading("Correctness checks");
    for (Verdict verdict : outcome.judgement().verdicts()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "  %s  %-20s %s%s: %s",
              label(verdict),
              verdict.check().key(),
              verdict.requirement(),
              verdict.section().isEmpty() ? "" : " (" + verdict.section() + ")",
              verdict.text()));
      if (verdict.status() == Status.FAIL) {
        evidence(verdict);
      }
    }
  }

  /** In a failed run, an unknown verdict is shown as "-". */
  private String label(Verdict verdict) {
    return verdict.status() == Status.UNKNOWN && outcome.status() == Status.FAIL
        ? style.faint("-      ")
        : style.status(verdict.status(), 7);
  }

  private void evidence(Verdict verdict) {
    for (Event event : verdict.evidence()) {
      String text = EventText.of(event);
      if (text != null) {
        lines.add(
            "             "
                + style.faint(
                    NumberText.seconds(
                            event.atMicros() - outcome.judgement().statistics().beganMicros())
                        + "  ")
                + text);
        if (event instanceof Event.Exited exited) {
          exited
              .lastWords()
              .forEach(
                  word ->
                      lines.add(
                          "               "
                              + style.faint(PrintableText.of(word, RunProgress.MAX_CHARS))));
        }
      }
    }
  }

  private void tiers() {
    Judgement judgement = outcome.judgement();
    Map<PerformanceMetric, TierBounds> benchmarks =
        outcome.scenario().courseThresholds().map(tests -> tests.benchmarks()).orElse(Map.of());
    if (benchmarks.isEmpty()) {
      return;
    }
    heading("Performance tiers (0 bonus, 1 full, 2 partial, 3 none)");
    if (judgement.tiers().isEmpty()) {
      lines.add("  none: only a run that passes gets tiers");
    }
    judgement
        .tiers()
        .forEach(
            (metric, tier) -> {
              TierBounds bounds =
                  Objects.requireNonNull(benchmarks.get(metric), "a tier comes from its bounds");
              lines.add(
                  String.format(
                      Locale.ROOT,
                      "  %d %s  %-18s %-10s (bonus below %s, full below %s, partial below %s)",
                      tier.ordinal(),
                      style.tier(tier, 7),
                      metric.title(),
                      NumberText.of(metric, Judgement.metricValue(judgement.statistics(), metric)),
                      NumberText.bound(metric, bounds.bonus()),
                      NumberText.bound(metric, bounds.full()),
                      NumberText.bound(metric, bounds.partial())));
            });
  }

  private void remarks() {
    if (!outcome.remarks().isEmpty()) {
      heading("Remarks");
      outcome.remarks().forEach(remark -> lines.add("  " + remark));
    }
  }

  private void why() {
    List<String> why = FailureText.of(outcome.judgement(), outcome.cause(), trace, style);
    if (!why.isEmpty()) {
      heading("Why");
      lines.addAll(why);
    }
  }

  private void verdict() {
    lines.add("");
    lines.add(
        style.status(outcome.status(), 1)
            + "  "
            + style.bold(outcome.scenario().name())
            + (outcome.judgement().reason().isEmpty() ? "" : "  " + outcome.judgement().reason()));
    lines.add(
        String.format(
            Locale.ROOT,
            "Seed %d, %s world, %.1f s. To play it again:",
            outcome.played().seed(),
            outcome.played().world().equals("sim") ? "simulated" : outcome.played().world(),
            outcome.wallSeconds()));
    lines.add("  " + ReplayCommandLine.command(outcome));
    if (outcome.played().world().equals("process")) {
      lines.add(
          style.faint(
              "  (the same requests, faults and choices of the kit; processes keep their own time and chance)"));
    }
  }

  /** The tiers of a run in columns of 16 characters; blank if there are none. */
  static String tierColumns(RunOutcome outcome, TerminalStyle style) {
    StringBuilder columns = new StringBuilder();
    Map<PerformanceMetric, PerformanceTier> tiers = outcome.judgement().tiers();
    for (PerformanceMetric metric : PerformanceMetric.values()) {
      PerformanceTier tier = tiers.get(metric);
      columns.append(
          tier == null
              ? " ".repeat(16)
              : String.format(
                  Locale.ROOT,
                  "%8s %s",
                  NumberText.of(
                      metric, Judgement.metricValue(outcome.judgement().statistics(), metric)),
                  style.tier(tier, 7)));
    }
    return columns.toString();
  }
}
