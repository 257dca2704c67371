package raftlab.report;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import raftlab.judge.Verdict.Status;
import raftlab.run.Outcome;
import raftlab.scenario.Metric;
import raftlab.scenario.Scenario;
import raftlab.suite.Points;
import raftlab.suite.Rate;
import raftlab.suite.Suite;
import raftlab.suite.SuiteRun;

/** A suite for people, as it is played: a line a scenario, and the total. */
public final class SuiteText implements SuiteRun.Listener {
  private static final String CLEAR = "\r\033[K";

  private final PrintStream out;
  private final Style style;
  private final List<Suite> suites;
  private final int repeat;
  private final int total;
  private final int titleWidth;
  private final int nameWidth;
  private final long fromNanos = System.nanoTime();
  private final Map<String, List<Outcome>> outcomes = new LinkedHashMap<>();
  private final Map<String, Integer> running = new TreeMap<>();
  private int ended;

  /** Nothing told yet. */
  public SuiteText(PrintStream out, Style style, List<Suite> suites, int repeat) {
    this.out = out;
    this.style = style;
    this.suites = List.copyOf(suites);
    this.repeat = repeat;
    List<Scenario> scenarios = scenarios();
    this.total = scenarios.size() * repeat;
    this.titleWidth = longest(scenarios, Scenario::title);
    this.nameWidth = Math.max(12, longest(scenarios, Scenario::name));
  }

  private List<Scenario> scenarios() {
    return suites.stream().flatMap(suite -> suite.scenarios().stream()).toList();
  }

  private static int longest(List<Scenario> scenarios, Function<Scenario, String> text) {
    return scenarios.stream().mapToInt(scenario -> text.apply(scenario).length()).max().orElse(0);
  }

  /** Scenarios of two suites may have the same name; their files differ. */
  private static String key(Scenario scenario) {
    return scenario.file().toString();
  }

  /** The lines above the first scenario's. */
  public synchronized void begin(String how) {
    String title =
        suites.size() == 1
            ? suites.get(0).title()
            : String.join(", ", suites.stream().map(Suite::name).toList());
    out.println(style.bold(title) + "  " + style.faint(how));
    for (Suite suite : suites) {
      suite.warnings().forEach(warning -> out.println(style.wary("warning: ") + warning));
    }
  }

  /** Says which scenarios aren't played, since they are for another world. */
  public synchronized void leftOut(List<Scenario> scenarios) {
    if (!scenarios.isEmpty()) {
      String names = String.join(", ", scenarios.stream().map(Scenario::name).toList());
      String world = scenarios.get(0).onlyWorld().orElse("");
      out.println(
          style.faint("not played here, since only --world " + world + " can do it: " + names));
    }
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
        outcomes.computeIfAbsent(key(outcome.scenario()), name -> new ArrayList<>());
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
    if (played % scenarios().size() == 0) {
      out.println(
          style.faint(
              String.format(
                  Locale.ROOT,
                  "repetition %d of %d: %d of %d passed so far, %.0f s",
                  played / scenarios().size(),
                  repeat,
                  count(Status.PASS),
                  played,
                  seconds())));
    }
  }

  private void clear() {
    out.print(style.terminal() ? CLEAR : "");
  }

  /** The suite's and the group's title, above their first scenario. */
  private void headingBefore(Outcome outcome) {
    for (Suite suite : suites) {
      for (Suite.Group group : suite.groups()) {
        if (key(group.scenarios().get(0)).equals(key(outcome.scenario()))) {
          if (group == suite.groups().get(0)) {
            suiteHeading(suite, outcome.scenario().isCourse());
          }
          out.println(style.bold(group.title()));
        }
      }
    }
  }

  private void suiteHeading(Suite suite, boolean course) {
    if (suites.size() > 1) {
      out.println();
      out.println(style.bold(suite.title()));
    }
    if (course) {
      out.println(style.faint(columnNames()));
    }
  }

  private String columnNames() {
    StringBuilder names = new StringBuilder(" ".repeat(2 + 7 + 2 + nameWidth + 1));
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
    Scenario scenario = outcome.scenario();
    String figures =
        scenario.isCourse()
            ? RunText.tierColumns(outcome, style)
            : PointsText.column(Points.of(List.of(outcome)));
    out.println(
        String.format(
            Locale.ROOT,
            "  %s  %-" + nameWidth + "s %s  %s",
            style.status(outcome.status(), 7),
            scenario.name(),
            figures,
            style.faint(scenario.title())));
    reason(outcome);
  }

  private String padded(String title) {
    return title + " ".repeat(titleWidth - title.length());
  }

  private void reason(Outcome outcome) {
    if (outcome.status() != Status.PASS) {
      out.println("           " + outcome.judgement().why());
      outcome.cause().ifPresent(cause -> out.println("           " + WhyText.brief(cause)));
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
    pointsOfSuites().forEach(out::println);
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

  private List<String> pointsOfSuites() {
    Map<String, Points> points = new LinkedHashMap<>();
    for (Suite suite : suites) {
      Points sum = Points.NONE;
      for (Scenario scenario : suite.scenarios()) {
        sum = sum.plus(Points.of(outcomes.getOrDefault(key(scenario), List.of())));
      }
      points.put(suite.name(), sum);
    }
    return PointsText.lines(points, style);
  }

  private int count(Status status) {
    return (int)
        outcomes.values().stream()
            .flatMap(List::stream)
            .filter(outcome -> outcome.status() == status)
            .count();
  }

  private void rates() {
    for (Suite suite : suites) {
      for (Suite.Group group : suite.groups()) {
        out.println(style.bold(group.title()));
        group
            .scenarios()
            .forEach(scenario -> rate(outcomes.getOrDefault(key(scenario), List.of())));
      }
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
            "  %-" + nameWidth + "s %s  %d of %d passed: %.1f %% (95 %%: %.1f to %.1f)",
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
