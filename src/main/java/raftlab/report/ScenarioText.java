package raftlab.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import raftlab.report.FaultTimeline.TimelineEntry;
import raftlab.scenario.CourseThresholds;
import raftlab.scenario.CourseThresholds.TierBounds;
import raftlab.scenario.Limits;
import raftlab.scenario.LinkConditions;
import raftlab.scenario.PerformanceMetric;
import raftlab.scenario.Scenario;
import raftlab.scenario.Step;
import raftlab.scenario.TrafficPlan;
import raftlab.scenario.text.ActionText;
import raftlab.scenario.text.LinkConditionsText;
import raftlab.scenario.text.StepText;
import raftlab.scenario.text.TrafficText;
import raftlab.wire.Id;

/** Prints what will happen in a scenario. */
public final class ScenarioText {
  private final Scenario scenario;
  private final TerminalStyle style;
  private final FaultTimeline timeline;
  private final List<String> lines = new ArrayList<>();

  private ScenarioText(Scenario scenario, long seed, TerminalStyle style) {
    this.scenario = scenario;
    this.style = style;
    this.timeline = new FaultTimeline(scenario, seed);
  }

  /** The scenario line by line, with the choices that the seed makes before the run. */
  public static List<String> of(Scenario scenario, long seed, TerminalStyle style) {
    ScenarioText text = new ScenarioText(scenario, seed, style);
    text.head(seed);
    text.network();
    text.traffic();
    text.events();
    text.messages();
    text.steps();
    text.bounds();
    text.glossary();
    return text.lines;
  }

  private void head(long seed) {
    lines.add(style.bold(scenario.name()) + "  " + scenario.title());
    List<String> facts = new ArrayList<>();
    facts.add(fileOf(scenario));
    if (!scenario.credit().section().isEmpty()) {
      facts.add(scenario.credit().section());
    }
    if (scenario.credit().points() > 0) {
      facts.add(points(scenario.credit().points()));
    }
    facts.add(world(scenario));
    facts.add("seed " + seed);
    lines.add(style.faint(String.join("; ", facts)));
    scenario.warnings().forEach(warning -> lines.add(style.warning("warning: ") + warning));
    heading(scenario.replicas() + " replicas");
    if (scenario.needsStorage()) {
      lines.add("  They have stable storage, which survives a crash.");
    }
    if (!scenario.lateReplicas().isEmpty()) {
      String late =
          scenario.lateReplicas().stream().map(Id::toString).collect(Collectors.joining(", "));
      lines.add("  Not started at the beginning: " + late + ".");
    }
    lines.add(
        "  Times count from when all replicas are ready. Clients, events and steps start at "
            + at(0)
            + (scenario.startWaitMillis() > 0 ? ", from which the file counts" : "")
            + ".");
    lines.add("  " + end());
  }

  private String end() {
    String idleTime = StepText.seconds(scenario.endWaitMillis()) + " without requests";
    return scenario.steps().isEmpty()
        ? "The run ends at " + at(scenario.lifetimeMillis()) + " plus " + idleTime + "."
        : "The run ends after the last step plus "
            + idleTime
            + "; a step that isn't done by "
            + at(scenario.lifetimeMillis())
            + " has failed.";
  }

  private void network() {
    if (scenario.network().equals(LinkConditions.PERFECT)
        && scenario.clientNetwork().equals(LinkConditions.PERFECT)) {
      return;
    }
    heading("Network");
    row("between replicas", LinkConditionsText.of(scenario.network()));
    row("to and from clients", LinkConditionsText.of(scenario.clientNetwork()));
  }

  private void traffic() {
    if (scenario.requests() == 0 && scenario.traffic().isEmpty()) {
      return;
    }
    heading("Traffic");
    if (scenario.requests() > 0) {
      row(
          at(0) + " to " + at(scenario.lifetimeMillis()),
          scenario.requests()
              + " requests of the course's clients, evenly spaced: "
              + LinkConditionsText.percent(scenario.mix())
              + " gets, else puts");
    }
    for (TrafficPlan plan : scenario.traffic()) {
      row(at(plan.fromMillis()) + " to " + at(plan.untilMillis()), TrafficText.of(plan));
    }
  }

  private void events() {
    List<TimelineEntry> entries = timeline.entries();
    if (entries.isEmpty()) {
      return;
    }
    heading("Events");
    Map<Integer, Integer> shown = new java.util.HashMap<>();
    for (TimelineEntry entry : entries) {
      int count = shown.merge(entry.event().number(), 1, Integer::sum);
      if (count <= FaultTimeline.MAX_SHOWN) {
        lines.add(
            String.format(
                Locale.ROOT,
                "  %10s  %s",
                StepText.seconds(scenario.startWaitMillis() + entry.atMicros() / 1000),
                entry.text()));
      } else if (count == FaultTimeline.MAX_SHOWN + 1) {
        lines.add(
            String.format(
                Locale.ROOT,
                "  %10s  %s",
                "…",
                entry.text() + ", and so on: " + timeline.times(entry.event()) + " times"));
      }
    }
  }

  private void messages() {
    if (!timeline.onMessages().isEmpty()) {
      heading("When a message is sent");
      timeline.onMessages().forEach(text -> lines.add("  " + text));
    }
    if (!timeline.single().isEmpty()) {
      heading("Single messages, counted on their link over the whole run");
      timeline.single().forEach(action -> lines.add("  " + ActionText.of(action)));
    }
  }

  private void steps() {
    if (!scenario.steps().isEmpty()) {
      heading("Steps");
      steps(scenario.steps());
    }
  }

  private void steps(List<Step> steps) {
    for (Step step : steps) {
      int depth = (int) step.number().chars().filter(c -> c == '.').count();
      String limits = step.limits().isNone() ? "" : "; " + limitsText(step.limits());
      lines.add(
          String.format(
              Locale.ROOT,
              "  %-6s%s%s",
              step.number(),
              "  ".repeat(depth),
              StepText.of(step) + limits));
      if (step instanceof Step.Block block) {
        steps(block.steps());
      }
    }
  }

  private void bounds() {
    if (scenario.limits().isNone() && scenario.courseThresholds().isEmpty()) {
      return;
    }
    heading("Bounds, beyond safety");
    if (!scenario.limits().isNone()) {
      row("over the whole run", limitsText(scenario.limits()));
    }
    scenario.courseThresholds().ifPresent(this::tests);
  }

  private void tests(CourseThresholds tests) {
    row("gets unanswered", "at most " + LinkConditionsText.percent(tests.maximumGetFailFraction()));
    row("puts unanswered", "at most " + LinkConditionsText.percent(tests.maximumPutFailFraction()));
    tests.benchmarks().forEach(this::tiers);
  }

  private void tiers(PerformanceMetric metric, TierBounds bounds) {
    row(
        metric.title(),
        "bonus below "
            + NumberText.bound(metric, bounds.bonus())
            + ", full below "
            + NumberText.bound(metric, bounds.full())
            + ", partial below "
            + NumberText.bound(metric, bounds.partial()));
  }

  private void glossary() {
    Map<String, String> words = ScenarioGlossary.of(scenario);
    if (words.isEmpty()) {
      return;
    }
    heading("What these words mean");
    words.forEach((word, meaning) -> row(word, meaning));
    if (timeline.dependsOnRun()) {
      lines.add(style.faint("  Targets are resolved when the action runs; --play shows them."));
    }
  }

  private void heading(String text) {
    lines.add("");
    lines.add(style.bold(text));
  }

  private void row(String name, String text) {
    lines.add(String.format(Locale.ROOT, "  %-24s %s", name, text));
  }

  /** A time after {@code start_wait}, on the clock of the run. */
  private String at(long millis) {
    return StepText.seconds(scenario.startWaitMillis() + millis);
  }

  /** Describes bounds: {@code at most 30 messages between replicas}. */
  static String limitsText(Limits limits) {
    return List.of(
            limits.atLeast().entrySet().stream()
                .map(b -> "at least " + number(b.getValue()) + " " + b.getKey().description()),
            limits.atMost().entrySet().stream()
                .map(b -> "at most " + number(b.getValue()) + " " + b.getKey().description()))
        .stream()
        .flatMap(each -> each)
        .collect(Collectors.joining(", "));
  }

  private static String number(double number) {
    return java.math.BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  static String points(double points) {
    return number(points) + (points == 1 ? " point" : " points");
  }

  static String world(Scenario scenario) {
    return scenario
        .onlyWorld()
        .map(only -> only.equals("sim") ? "simulated world only" : "process world only")
        .orElse("both worlds");
  }

  private static String fileOf(Scenario scenario) {
    Path file = scenario.file();
    return file.getFileSystem() == java.nio.file.FileSystems.getDefault()
        ? file.toString()
        : "inside the jar: " + file;
  }
}
