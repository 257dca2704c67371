package raftlab.report;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import raftlab.judge.Verdict.Status;
import raftlab.run.Outcome;
import raftlab.scenario.Metric;
import raftlab.suite.Rate;
import raftlab.suite.Suite;
import raftlab.suite.SuiteRun;

/** A suite for people, as it is played: a line a scenario, and the total. */
public final class SuiteText implements SuiteRun.Listener {
  private static final String CLEAR = "\r\033[K";

  private final PrintStream out;
  private final Style style;
  private final Suite suite;
  private final int repeat;
  private final int total;
  private final int titleWidth;
  private final long fromNanos = System.nanoTime();
  private final Map<String, List<Outcome>> outcomes = new LinkedHashMap<>();
  private final Map<String, Integer> running = new TreeMap<>();
  private int ended;

  /** Nothing told yet. */
  public SuiteText(PrintStream out, Style style, Suite suite, int repeat) {
    this.out = out;
    this.style = style;
    this.suite = suite;
    this.repeat = repeat;
    this.total = suite.scenarios().size() * repeat;
    this.titleWidth =
        suite.scenarios().stream().mapToInt(scenario -> scenario.title().length()).max().orElse(0);
  }

  /** The lines above the first scenario's. */
  public synchronized void begin(String how) {
    out.println(style.bold(suite.title()) + "  " + style.faint(how));
    suite.warnings().forEach(warning -> out.println(style.wary("warning: ") + warning));
  }

  @Override
  public synchronized void began(SuiteRun.Task task) {
    running.merge(task.scenario().name(), 1, Integer::sum);
    status();
  }

  @Override
  public synchronized void ended(SuiteRun.Task task, Outcome outcome) {
    running.computeIfPresent(task.scenario().name(), (name, count) -> count > 1 ? count - 1 : null);
    ended++;
    status();
  }

  private void status() {
    if (style.terminal()) {
      String names = String.join(" ", running.keySet());
      out.print(
          CLEAR
              + style.faint(
                  String.format(
                      Locale.ROOT,
                      "%d of %d done, %.0f s; playing %s",
                      Math.min(ended, total),
                      total,
                      seconds(),
                      names.length() > 60 ? names.substring(0, 60) + "…" : names)));
      out.flush();
    }
  }

  private double seconds() {
    return (System.nanoTime() - fromNanos) / 1e9;
  }

  /** Takes the next outcome, in the suite's order. */
  public synchronized void add(Outcome outcome) {
    List<Outcome> ofScenario =
        outcomes.computeIfAbsent(outcome.scenario().name(), name -> new ArrayList<>());
    ofScenario.add(outcome);
    clear();
    if (repeat == 1) {
      headingBefore(outcome);
      line(outcome);
    } else {
      repetition();
    }
    status();
  }

  /** A sign of life after each repetition of the whole suite. */
  private void repetition() {
    int played = outcomes.values().stream().mapToInt(List::size).sum();
    if (played % suite.scenarios().size() == 0) {
      out.println(
          style.faint(
              String.format(
                  Locale.ROOT,
                  "repetition %d of %d: %d of %d passed so far, %.0f s",
                  played / suite.scenarios().size(),
                  repeat,
                  count(Status.PASS),
                  played,
                  seconds())));
    }
  }

  private void clear() {
    out.print(style.terminal() ? CLEAR : "");
  }

  /** The group's title, above its first scenario. */
  private void headingBefore(Outcome outcome) {
    for (Suite.Group group : suite.groups()) {
      if (group.scenarios().get(0).name().equals(outcome.scenario().name())) {
        if (group == suite.groups().get(0)) {
          out.println(style.faint(columnNames()));
        }
        out.println(style.bold(group.title()));
      }
    }
  }

  private static String columnNames() {
    StringBuilder names = new StringBuilder(" ".repeat(2 + 7 + 2 + 13));
    for (Metric metric : Metric.values()) {
      names.append(String.format("%8s        ", shortName(metric)));
    }
    return names.toString().stripTrailing();
  }

  private static String shortName(Metric metric) {
    return switch (metric) {
      case TOTAL_MSGS -> "messages";
      case FAILURES -> "failures";
      case DUPLICATES -> "doubles";
      case MEDIAN_LATENCY -> "latency";
    };
  }

  private void line(Outcome outcome) {
    out.println(
        String.format(
            Locale.ROOT,
            "  %s  %-12s %s  %s",
            style.status(outcome.status(), 7),
            outcome.scenario().name(),
            RunText.tierColumns(outcome, style),
            style.faint(outcome.scenario().title())));
    reason(outcome);
  }

  private String padded(String title) {
    return title + " ".repeat(titleWidth - title.length());
  }

  private void reason(Outcome outcome) {
    if (outcome.status() != Status.PASS) {
      out.println("           " + outcome.judgement().why());
      out.println("           " + style.faint("again: ") + Replay.command(outcome));
    }
    if (outcome.again()) {
      out.println(
          "           " + style.faint("played twice: the machine was overloaded the first time"));
    }
  }

  /** The last lines. */
  public synchronized void end() {
    clear();
    if (repeat > 1) {
      rates();
    }
    int passed = count(Status.PASS);
    int unknown = count(Status.UNKNOWN);
    int played = outcomes.values().stream().mapToInt(List::size).sum();
    String text =
        String.format(
            Locale.ROOT,
            "%d of %d passed%s, %d failed, in %.1f s",
            passed,
            played,
            unknown == 0 ? "" : ", " + unknown + " unknown",
            count(Status.FAIL),
            seconds());
    out.println(
        style.bold("Total") + "  " + (passed == played ? style.good(text) : style.bad(text)));
  }

  private int count(Status status) {
    return (int)
        outcomes.values().stream()
            .flatMap(List::stream)
            .filter(outcome -> outcome.status() == status)
            .count();
  }

  private void rates() {
    for (Suite.Group group : suite.groups()) {
      out.println(style.bold(group.title()));
      group
          .scenarios()
          .forEach(scenario -> rate(outcomes.getOrDefault(scenario.name(), List.of())));
    }
  }

  private void rate(List<Outcome> runs) {
    if (runs.isEmpty()) {
      return;
    }
    int passes = (int) runs.stream().filter(run -> run.status() == Status.PASS).count();
    Rate rate = new Rate(passes, runs.size());
    out.println(
        String.format(
            Locale.ROOT,
            "  %-14s %s  %d of %d passed: %.1f %% (95 %%: %.1f to %.1f)",
            runs.get(0).scenario().name(),
            padded(runs.get(0).scenario().title()),
            rate.passes(),
            rate.runs(),
            rate.fraction() * 100,
            rate.low() * 100,
            rate.high() * 100));
    for (Outcome run : runs) {
      if (run.status() != Status.PASS) {
        out.println("    " + style.status(run.status(), 7) + " seed " + run.played().seed());
        reason(run);
      }
    }
  }

  /**
   * The exit code that tells how it went: 0 all passed, 1 something failed, 3 something is unknown.
   */
  public synchronized int exitCode() {
    return count(Status.FAIL) > 0 ? 1 : count(Status.UNKNOWN) > 0 ? 3 : 0;
  }

  /** All outcomes, scenario by scenario. */
  public synchronized List<Outcome> outcomes() {
    return outcomes.values().stream().flatMap(List::stream).toList();
  }
}
