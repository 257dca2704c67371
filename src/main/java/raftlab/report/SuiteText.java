package raftlab.report;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import raftlab.judge.check.Verdict.Status;
import raftlab.run.RunOutcome;
import raftlab.run.findings.FailureGroups;
import raftlab.scenario.PerformanceMetric;
import raftlab.scenario.Scenario;
import raftlab.suite.Points;
import raftlab.suite.RepeatCounts;
import raftlab.suite.Suite;
import raftlab.suite.SuiteRunner;

/**
 * Prints a suite while it is played: a line for each scenario, and the total. Where the progress is
 * printed line by line, all lines of scenarios follow at the end.
 */
public final class SuiteText implements SuiteRunner.SuiteListener {
  private final PrintStream out;
  private final TerminalStyle style;
  private final List<Suite> suites;
  private final int repeat;
  private final boolean verbose;
  private final int total;
  private final int nameWidth;
  private final SuiteProgress progress;
  private final FailureGroups failureGroups = new FailureGroups();

  /** The suspicions that were printed. */
  private final Set<String> suspicions = new HashSet<>();

  private final Map<String, List<RunOutcome>> outcomes = new LinkedHashMap<>();

  /** Outcomes that are printed at the end. */
  private final List<RunOutcome> deferred = new ArrayList<>();

  private @Nullable Suite lastPrintedSuite;
  private Suite.@Nullable Group lastPrintedGroup;

  /**
   * Has printed nothing yet.
   *
   * @param verbose whether each failed run's reason is printed below its line, not only the causes
   *     at the end
   */
  public SuiteText(
      PrintStream out, TerminalStyle style, List<Suite> suites, int repeat, boolean verbose) {
    this.verbose = verbose;
    this.out = out;
    this.style = style;
    this.suites = List.copyOf(suites);
    this.repeat = repeat;
    List<Scenario> scenarios = scenarios();
    this.total = scenarios.size() * repeat;
    this.progress = new SuiteProgress(out, style, scenarios.size(), repeat);
    this.nameWidth = Math.max(12, longest(scenarios, Scenario::name));
  }

  private List<Scenario> scenarios() {
    return suites.stream().flatMap(suite -> suite.scenarios().stream()).toList();
  }

  private static int longest(List<Scenario> scenarios, Function<Scenario, String> text) {
    return scenarios.stream().mapToInt(scenario -> text.apply(scenario).length()).max().orElse(0);
  }

  /** The scenario's file, since scenarios of two suites may have the same name. */
  private static String key(Scenario scenario) {
    return scenario.file().toString();
  }

  /** Prints the title. */
  public synchronized void begin(String how) {
    out.println(style.bold(title()) + "  " + style.faint(how));
    for (Suite suite : suites) {
      suite.warnings().forEach(warning -> out.println(style.warning("warning: ") + warning));
    }
  }

  private String title() {
    Suite first = suites.get(0);
    return suites.size() > 1 || repeatsScenario(first, first.title())
        ? String.join(", ", suites.stream().map(Suite::name).toList())
        : first.title();
  }

  /** Prints which scenarios aren't played because they need another world. */
  public synchronized void leftOut(List<Scenario> scenarios) {
    LeftOutText.of(scenarios).ifPresent(line -> out.println(style.faint(line)));
  }

  @Override
  public synchronized void began(SuiteRunner.Task task) {
    progress.began(task);
  }

  @Override
  public synchronized void ended(SuiteRunner.Task task, RunOutcome outcome) {
    progress.ended(task, outcome);
  }

  @Override
  public synchronized void parallelismChosen(String why) {
    progress.clear();
    out.println(style.faint(why));
    progress.show();
  }

  /** Adds the next outcome, in the suite's order. */
  public synchronized void add(RunOutcome outcome) {
    List<RunOutcome> ofScenario =
        outcomes.computeIfAbsent(key(outcome.scenario()), name -> new ArrayList<>());
    ofScenario.add(outcome);
    boolean isNew = failureGroups.add(outcome);
    progress.clear();
    if (repeat == 1 && !style.terminal()) {
      deferred.add(outcome);
    } else if (repeat == 1) {
      printOutcome(outcome);
    } else if (isNew || isNewSuspicion(outcome)) {
      out.println(
          "  "
              + style.status(outcome.status(), 7)
              + "  "
              + outcome.scenario().name()
              + ", seed "
              + outcome.played().seed());
      reason(outcome);
    }
    progress.show();
  }

  private void printOutcome(RunOutcome outcome) {
    headingBefore(outcome);
    line(outcome);
  }

  private boolean isNewSuspicion(RunOutcome outcome) {
    return outcome.suspicion().map(found -> suspicions.add(found.name())).orElse(false);
  }

  /** Prints the suite's and the group's title above their first scenario. */
  private void headingBefore(RunOutcome outcome) {
    for (Suite suite : suites) {
      for (Suite.Group group : suite.groups()) {
        if (group != lastPrintedGroup
            && group.scenarios().stream().anyMatch(each -> isOf(outcome, each))) {
          if (suite != lastPrintedSuite) {
            suiteHeading(suite, outcome.scenario().hasCourseClients());
          }
          if (!repeatsScenario(suite, group.title()) && !repeatsSuite(suite, group)) {
            out.println(style.bold(group.title()));
          }
          lastPrintedSuite = suite;
          lastPrintedGroup = group;
        }
      }
    }
  }

  /** Whether this heading only repeats what the line of the suite's only scenario shows. */
  private static boolean repeatsScenario(Suite suite, String heading) {
    List<Scenario> scenarios = suite.scenarios();
    return scenarios.size() == 1
        && (heading.equals(scenarios.get(0).title()) || heading.equals(scenarios.get(0).name()));
  }

  /** Whether the title of this group only repeats the heading of the suite. */
  private boolean repeatsSuite(Suite suite, Suite.Group group) {
    return suites.size() > 1 && group.title().equals(suite.title());
  }

  private static boolean isOf(RunOutcome outcome, Scenario scenario) {
    return key(outcome.scenario()).equals(key(scenario));
  }

  private void suiteHeading(Suite suite, boolean course) {
    if (suites.size() > 1) {
      boolean single = repeatsScenario(suite, suite.title());
      if (!single
          || lastPrintedSuite == null
          || !repeatsScenario(lastPrintedSuite, lastPrintedSuite.title())) {
        out.println();
      }
      if (!single) {
        out.println(style.bold(suite.title()));
      }
    }
    if (course) {
      out.println(style.faint(columnNames()));
    }
  }

  private String columnNames() {
    // Each name ends where the numbers of its column end, 8 characters before the next column.
    StringBuilder names = new StringBuilder(" ".repeat(2 + 7 + 2 + nameWidth + 1 - 8));
    for (PerformanceMetric metric : PerformanceMetric.values()) {
      names.append(String.format(Locale.ROOT, "%16s", shortName(metric)));
    }
    return names.toString();
  }

  private static String shortName(PerformanceMetric metric) {
    return switch (metric) {
      case TOTAL_MSGS -> "messages";
      case FAILURES -> "failures";
      case DUPLICATES -> "duplicates";
      case MEDIAN_LATENCY -> "latency";
    };
  }

  private void line(RunOutcome outcome) {
    Scenario scenario = outcome.scenario();
    String figures =
        scenario.hasCourseClients()
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
    if (verbose) {
      reason(outcome);
    } else if (outcome.isRepetition()) {
      again();
    }
  }

  private void again() {
    out.println(
        "           " + style.faint("played twice: the machine was overloaded the first time"));
  }

  private void reason(RunOutcome outcome) {
    if (outcome.status() != Status.PASS) {
      out.println("           " + outcome.judgement().reason());
      outcome.cause().ifPresent(cause -> out.println("           " + FailureText.summary(cause)));
      out.println("           " + style.faint("again: ") + ReplayCommandLine.command(outcome));
    }
    outcome
        .suspicion()
        .ifPresent(
            found ->
                out.println(
                    "           "
                        + style.warning("suspicious: ")
                        + found.name()
                        + ": "
                        + found.text()));
    if (outcome.isRepetition()) {
      again();
    }
  }

  /**
   * Prints the last lines.
   *
   * @param whole whether all runs ended, including those repeated because the machine was
   *     overloaded
   */
  public synchronized void end(boolean whole) {
    progress.clear();
    if (repeat == 1) {
      causes();
    }
    if (!deferred.isEmpty()) {
      out.println();
      deferred.forEach(this::printOutcome);
    }
    if (repeat > 1) {
      rates();
      causes();
    }
    BusyWaitingText.of(outcomes()).ifPresent(line -> out.println(style.warning("busy: ") + line));
    if (!whole) {
      out.println(style.bold("Total") + "  " + style.error(interrupted()));
      return;
    }
    pointsOfSuites().forEach(out::println);
    String text =
        String.format(
            Locale.ROOT,
            "%d of %d passed%s, %d failed, in %.1f s",
            failureGroups.passed(),
            failureGroups.played(),
            undecided(),
            failureGroups.failed(),
            seconds());
    boolean good = failureGroups.passed() == failureGroups.played();
    out.println(style.bold("Total") + "  " + (good ? style.success(text) : style.error(text)));
    if (repeat == 1) {
      new FailureGroupsText(style).whatToFixFirst(failureGroups).forEach(out::println);
    }
  }

  private void causes() {
    FailureGroupsText text = new FailureGroupsText(style);
    List<String> causes =
        repeat == 1 ? text.ofSingleRuns(failureGroups) : text.ofSuite(failureGroups);
    if (!causes.isEmpty()) {
      out.println();
      out.println(style.bold("Causes"));
      causes.forEach(out::println);
    }
    if (repeat == 1 && !verbose) {
      text.suspicions(outcomes(), failureGroups).forEach(out::println);
    }
  }

  private String interrupted() {
    int underway = progress.underway();
    return String.format(
        Locale.ROOT,
        "interrupted: %d of %d %s played, %d passed, %d failed%s, in %.1f s%s",
        failureGroups.played(),
        total,
        repeat > 1 ? "runs" : "scenarios",
        failureGroups.passed(),
        failureGroups.failed(),
        undecided(),
        seconds(),
        underway == 0
            ? ""
            : "; "
                + underway
                + " more had begun and "
                + (underway == 1 ? "is" : "are")
                + " not judged");
  }

  private String undecided() {
    return (failureGroups.blocked() == 0 ? "" : ", " + failureGroups.blocked() + " blocked")
        + (failureGroups.unknown() == 0 ? "" : ", " + failureGroups.unknown() + " unknown");
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

  private void rates() {
    PassRatesText text = new PassRatesText(style, nameWidth);
    for (Suite suite : suites) {
      for (Suite.Group group : suite.groups()) {
        List<Scenario> played =
            group.scenarios().stream().filter(each -> outcomes.containsKey(key(each))).toList();
        if (!played.isEmpty()) {
          out.println(style.bold(group.title()));
        }
        for (Scenario each : played) {
          RepeatCounts repeats =
              RepeatCounts.of(
                  Objects.requireNonNull(outcomes.get(key(each)), "only played ones are here"));
          out.println(text.line(each.name(), each.title(), repeats));
        }
      }
    }
    text.flaky().forEach(out::println);
  }

  /** The time elapsed so far, in seconds. */
  public double seconds() {
    return progress.seconds();
  }

  /** The exit code: 0 if all passed, 1 if a run failed, 3 if a run is unknown. */
  public synchronized int exitCode() {
    return switch (failureGroups.status()) {
      case PASS -> 0;
      case FAIL, BLOCKED -> 1;
      case UNKNOWN -> 3;
    };
  }

  /** The runs so far, grouped by cause. */
  public FailureGroups failureGroups() {
    return failureGroups;
  }

  /** The outcomes so far, grouped by scenario. */
  public synchronized List<List<RunOutcome>> outcomes() {
    return outcomes.values().stream().map(List::copyOf).toList();
  }
}
