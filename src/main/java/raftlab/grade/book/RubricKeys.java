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

  static final KeySpec SUITES =
      listOf(
          "suites",
          "a suite's rule",
          "Rules for suites; the points of a suite are distributed over its scenarios",
          SUITE_NAME,
          POINTS,
          VISIBILITY);

  static final KeySpec SCENARIOS =
      listOf(
          "scenarios",
          "a scenario's rule",
          "Rules for scenarios; without one, a scenario has the points of its file, or 1",
          SCENARIO_NAME,
          POINTS,
          VISIBILITY);

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

  static final KeySpec TIERS =
      listOf(
          "tiers",
          "a tier's points",
          "Points for performance tiers, in addition to those for passing",
          METRIC,
          BONUS,
          FULL,
          PARTIAL,
          NONE);

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

  static final KeySpec EXTENSIONS =
      listOf(
          "extensions", "an extension", "Teams whose hand-ins are due at another time", TEAM, DUE);

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

  /** A key whose value is a list of objects with these keys. */
  private static KeySpec listOf(String key, String element, String meaning, KeySpec... keys) {
    SectionSpec section =
        new SectionSpec(element, "inside an element of \"" + key + "\"", List.of(keys));
    return KeySpec.optional(key, new ListOf(element, new Nested(section), 0), meaning);
  }
}
