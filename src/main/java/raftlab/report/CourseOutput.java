package raftlab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import raftlab.judge.Judgement;
import raftlab.judge.check.Verdict;
import raftlab.judge.check.Verdict.Status;
import raftlab.judge.figures.RunStatistics;
import raftlab.run.RunOutcome;
import raftlab.scenario.PerformanceMetric;
import raftlab.scenario.Scenario;
import raftlab.suite.Suite;

/**
 * Prints results in the format of the course's own script, for people and programs that expect it.
 */
public final class CourseOutput {
  private CourseOutput() {}

  /** The lines that the course's script prints at the end of one run. */
  public static List<String> of(RunOutcome outcome) {
    RunStatistics s = outcome.judgement().statistics();
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("# Simulation Finished");
    lines.add("");
    lines.add("## Useful Information and Statistics");
    lines.add(
        "Seed: "
            + outcome.played().seed()
            + "; to play it again: "
            + ReplayCommandLine.command(outcome));
    lines.add("Leaders: " + s.leaderChanges());
    lines.add("Total messages sent: " + s.messages());
    lines.add("Total messages dropped: " + s.dropped());
    lines.add("Total client get()/put() requests: " + s.gets() + "/" + s.puts());
    lines.add("Total failed get()/put() requests: " + s.failedGets() + "/" + s.failedPuts());
    lines.add(
        "Total unanswered get()/put() requests: " + s.unansweredGets() + "/" + s.unansweredPuts());
    lines.add("Total redirects: " + s.redirects());
    lines.add("Total get() requests not generated: " + s.getsNotGenerated());
    lines.add(
        String.format(
            Locale.ROOT,
            "Median query latency: %.5fsec",
            s.medianLatencySeconds().orElse(Double.NaN)));
    lines.add("");
    lines.add("## Correctness Checks");
    for (Verdict verdict : outcome.judgement().verdicts()) {
      if (verdict.status() != Status.PASS) {
        lines.add(verdict.check().key() + ": " + verdict.status() + ": " + verdict.text());
      }
    }
    lines.add(
        outcome.status() == Status.PASS
            ? "All correctness checks passed!"
            : "*** Correctness checks: " + outcome.status() + " ***");
    if (!outcome.judgement().tiers().isEmpty()) {
      lines.add("");
      lines.add("## Performance Tests");
      lines.add("## <test benchmark>: <test result>, <test performance tier>");
      outcome
          .judgement()
          .tiers()
          .forEach(
              (metric, tier) ->
                  lines.add(
                      title(metric)
                          + ": "
                          + value(outcome, metric)
                          + ", Tier "
                          + tier.ordinal()
                          + " ("
                          + tier.title()
                          + ")"));
    }
    if (!outcome.remarks().isEmpty()) {
      lines.add("");
      outcome.remarks().forEach(remark -> lines.add("Note: " + remark));
    }
    return lines;
  }

  private static String title(PerformanceMetric metric) {
    return switch (metric) {
      case TOTAL_MSGS -> "Total Messages Between Replicas";
      case FAILURES -> "Total Failures and Unanswered Requests";
      case DUPLICATES -> "Duplicate Responses";
      case MEDIAN_LATENCY -> "Median Response Latency";
    };
  }

  private static String value(RunOutcome outcome, PerformanceMetric metric) {
    double value = Judgement.metricValue(outcome.judgement().statistics(), metric);
    return metric == PerformanceMetric.MEDIAN_LATENCY
        ? String.format(Locale.ROOT, "%.5fs", value)
        : String.format(Locale.ROOT, "%.0f", value);
  }

  /** A scenario's line in a run of the whole suite; the first of a group follows its heading. */
  public static List<String> line(Suite suite, RunOutcome outcome) {
    List<String> lines = new ArrayList<>();
    for (Suite.Group group : suite.groups()) {
      Scenario first = group.scenarios().get(0);
      if (first.name().equals(outcome.scenario().name())) {
        lines.add(
            group.title()
                + " tests ("
                + first.replicas()
                + " replicas, "
                + first.lifetimeMillis() / 1000
                + " seconds):");
      }
    }
    Map<PerformanceMetric, ?> tiers = outcome.judgement().tiers();
    String shown =
        outcome.judgement().tiers().entrySet().stream()
            .map(entry -> entry.getKey().title() + ": " + entry.getValue().ordinal())
            .collect(Collectors.joining(", "));
    lines.add(
        String.format(
            Locale.ROOT,
            "\t%-60s [%s]%s",
            outcome.scenario().title(),
            outcome.status(),
            tiers.isEmpty() ? "" : "\tPerformance Tiers: " + shown));
    if (outcome.status() != Status.PASS) {
      lines.add("\t\t" + outcome.judgement().reason());
      lines.add("\t\tTo play it again: " + ReplayCommandLine.command(outcome));
    }
    return lines;
  }

  /** The last lines of a run of the whole suite. */
  public static List<String> total(List<RunOutcome> outcomes) {
    long passed = outcomes.stream().filter(outcome -> outcome.status() == Status.PASS).count();
    return List.of("", "Passed " + passed + " of " + outcomes.size() + " tests");
  }
}
