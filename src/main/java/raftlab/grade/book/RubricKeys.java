package raftlab.grade.book;

import java.util.Arrays;
import java.util.List;
import raftlab.scenario.PerformanceMetric;
import raftlab.scenario.file.KeySpec;
import raftlab.scenario.file.SectionSpec;
import raftlab.scenario.file.ValueType;
import raftlab.scenario.file.ValueType.ListOf;
import raftlab.scenario.file.ValueType.Nested;
import raftlab.scenario.file.ValueType.PatternText;
import raftlab.scenario.file.ValueType.Text;
import raftlab.scenario.file.ValueType.Word;

/** The keys of rubric files and late policies. */
public final class RubricKeys {
  private static final ValueType ANY_POINTS = ValueType.Number.of(0, 100_000);

  static final KeySpec TITLE = KeySpec.optional("title", new Text(200), "A title for reports");

  static final KeySpec REPEAT_POLICY =
      KeySpec.optional(
          "repeat_policy",
          new Word("a repeat policy", RepeatPolicy.keys()),
          "How several runs of a scenario count; mean if not given");

  static final KeySpec VISIBILITY =
      KeySpec.optional(
          "visibility",
          new Word("a visibility", Visibility.keys()),
          "When students see a scenario and its result");

  static final KeySpec POINTS = KeySpec.optional("points", ANY_POINTS, "What all of it is worth");

  static final KeySpec SUITE_NAME =
      KeySpec.required("suite", new Text(200), "The name of a suite of the grading");

  static final KeySpec SCENARIO_NAME =
      KeySpec.required(
          "scenario",
          new Text(200),
          "The name of a scenario of the grading; SUITE.SCENARIO if two suites have one of this name");

  /** The keys of a rule for a suite. */
  static final SectionSpec SUITE =
      new SectionSpec(
          "a suite's rule",
          "inside an element of \"suites\"",
          List.of(SUITE_NAME, POINTS, VISIBILITY));

  /** The keys of a rule for a scenario. */
  static final SectionSpec SCENARIO =
      new SectionSpec(
          "a scenario's rule",
          "inside an element of \"scenarios\"",
          List.of(SCENARIO_NAME, POINTS, VISIBILITY));

  static final KeySpec SUITES =
      KeySpec.optional(
          "suites",
          new ListOf("a suite's rule", new Nested(SUITE), 0),
          "Rules for suites; the points of a suite are distributed over its scenarios");

  static final KeySpec SCENARIOS =
      KeySpec.optional(
          "scenarios",
          new ListOf("a scenario's rule", new Nested(SCENARIO), 0),
          "Rules for scenarios; without one, a scenario has the points of its file, or 1");

  static final KeySpec METRIC =
      KeySpec.required(
          "metric",
          new Word(
              "a metric",
              Arrays.stream(PerformanceMetric.values()).map(PerformanceMetric::key).toList()),
          "The metric");

  static final KeySpec BONUS =
      KeySpec.optional(
          "bonus", ANY_POINTS, "The points for the tier bonus; those of full if not given");

  static final KeySpec FULL =
      KeySpec.required("full", ANY_POINTS, "The points for the tier full, which are full marks");

  static final KeySpec PARTIAL =
      KeySpec.optional("partial", ANY_POINTS, 0, "The points for the tier partial");

  static final KeySpec NONE =
      KeySpec.optional("none", ANY_POINTS, 0, "The points for the tier none");

  static final SectionSpec TIER =
      new SectionSpec(
          "a tier's points",
          "inside an element of \"tiers\"",
          List.of(METRIC, BONUS, FULL, PARTIAL, NONE));

  static final KeySpec TIERS =
      KeySpec.optional(
          "tiers",
          new ListOf("a tier's points", new Nested(TIER), 0),
          "Points for performance tiers, in addition to those for passing");

  static final KeySpec DUE =
      KeySpec.required(
          "due",
          new PatternText(
              "a date and time with its zone, such as \"2026-11-20T23:59:00+01:00\"",
              "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d)?(Z|[+-]\\d\\d:\\d\\d)"),
          "When hand-ins are due");

  static final KeySpec GRACE_MINUTES =
      KeySpec.optional(
          "grace_minutes", ValueType.Number.whole(0, 100_000), 0, "How much later costs nothing");

  static final KeySpec PERCENT_PER_DAY =
      KeySpec.optional(
          "percent_per_day",
          ValueType.Number.of(0, 100),
          10,
          "The percentage of the earned points that each day costs that has begun");

  static final KeySpec MAX_PERCENT =
      KeySpec.optional(
          "max_percent", ValueType.Number.of(0, 100), 100, "The most that is taken off");

  static final KeySpec TEAM = KeySpec.required("team", new Text(200), "The name of a team");

  static final SectionSpec EXTENSION =
      new SectionSpec("an extension", "inside an element of \"extensions\"", List.of(TEAM, DUE));

  static final KeySpec EXTENSIONS =
      KeySpec.optional(
          "extensions",
          new ListOf("an extension", new Nested(EXTENSION), 0),
          "Teams whose hand-ins are due at another time");

  /** The keys of a late policy, in a rubric or in a file of its own. */
  public static final SectionSpec LATE_POLICY =
      new SectionSpec(
          "a late policy",
          "inside \"late\"",
          List.of(DUE, GRACE_MINUTES, PERCENT_PER_DAY, MAX_PERCENT, EXTENSIONS));

  static final KeySpec LATE =
      KeySpec.optional("late", new Nested(LATE_POLICY), "What handing in late costs");

  /** The keys of a rubric. */
  public static final SectionSpec RUBRIC =
      new SectionSpec(
          "a rubric",
          "at the top level",
          List.of(TITLE, REPEAT_POLICY, VISIBILITY, SUITES, SCENARIOS, TIERS, LATE));

  private RubricKeys() {}
}
