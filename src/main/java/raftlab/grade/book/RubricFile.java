package raftlab.grade.book;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import raftlab.grade.store.GradingRecord;
import raftlab.grade.store.PolicyRecord;
import raftlab.grade.store.ScenarioRecord;
import raftlab.grade.store.SuiteRecord;
import raftlab.grade.store.TeamRecord;
import raftlab.scenario.PerformanceMetric;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.KeySpec;
import raftlab.scenario.file.KeyValues;
import raftlab.scenario.file.LocatedJson;
import raftlab.scenario.file.ScenarioFileChecker;
import raftlab.wire.NearestWord;

/** Reads rubric files and late policies, or reports all their problems. */
public final class RubricFile {
  private final GradingRecord grading;
  private final ScenarioFileChecker check;

  private RubricFile(GradingRecord grading, ScenarioFileChecker check) {
    this.grading = grading;
    this.check = check;
  }

  /** Returns the rubric of a grading, with its late policy; the default if it has none. */
  public static Rubric of(GradingRecord grading) throws ScenarioException {
    PolicyRecord policy = grading.policy();
    Rubric rubric =
        policy.rubric().isEmpty()
            ? Rubric.DEFAULT
            : read(policy.rubricFile(), policy.rubric(), grading);
    return policy.late().isEmpty()
        ? rubric
        : rubric.with(readLate(policy.lateFile(), policy.late(), grading));
  }

  /**
   * Reads a rubric.
   *
   * @param file the name of the file, for messages
   * @param grading the grading, whose suites and scenarios it may name
   */
  public static Rubric read(String file, String text, GradingRecord grading)
      throws ScenarioException {
    ScenarioFileChecker check = new ScenarioFileChecker(file, RubricKeys.RUBRIC);
    KeyValues values = new KeyValues(check.parse(text));
    RubricFile reader = new RubricFile(grading, check);
    List<String> suites = grading.suites().stream().map(SuiteRecord::name).toList();
    List<String> scenarios = grading.scenarios().stream().map(ScenarioRecord::key).toList();
    Map<String, Rubric.Rule> ofSuites =
        reader.rules(values, RubricKeys.SUITES, RubricKeys.SUITE_NAME, suites);
    Map<String, Rubric.Rule> ofScenarios =
        reader.rules(values, RubricKeys.SCENARIOS, RubricKeys.SCENARIO_NAME, scenarios);
    List<TierPoints> tiers = reader.tiers(values);
    Optional<LatePolicy> late =
        values
            .jsonValue(RubricKeys.LATE)
            .flatMap(given -> reader.late(new KeyValues((LocatedJson.Obj) given)));
    check.throwProblems();
    return new Rubric(
        values.text(RubricKeys.TITLE).orElse(""),
        values.text(RubricKeys.REPEAT_POLICY).flatMap(RepeatPolicy::of).orElse(RepeatPolicy.MEAN),
        values.text(RubricKeys.VISIBILITY).flatMap(Visibility::of).orElse(Visibility.VISIBLE),
        ofSuites,
        ofScenarios,
        tiers,
        late);
  }

  /**
   * Reads a late policy from a file of its own.
   *
   * @param grading the grading, whose teams it may name
   */
  public static LatePolicy readLate(String file, String text, GradingRecord grading)
      throws ScenarioException {
    ScenarioFileChecker check = new ScenarioFileChecker(file, RubricKeys.LATE_POLICY);
    KeyValues values = new KeyValues(check.parse(text));
    Optional<LatePolicy> late = new RubricFile(grading, check).late(values);
    check.throwProblems();
    return late.orElseThrow();
  }

  private Map<String, Rubric.Rule> rules(
      KeyValues values, KeySpec list, KeySpec nameKey, List<String> known) {
    Map<String, Rubric.Rule> rules = new LinkedHashMap<>();
    for (KeyValues each : objects(values, list)) {
      Optional<LocatedJson.Str> name = each.jsonValue(nameKey).map(LocatedJson.Str.class::cast);
      if (name.isPresent() && isKnown(name.get(), known, rules.keySet().stream().toList())) {
        OptionalDouble points =
            each.number(RubricKeys.POINTS)
                .map(number -> OptionalDouble.of(number.doubleValue()))
                .orElse(OptionalDouble.empty());
        Optional<Visibility> visibility = each.text(RubricKeys.VISIBILITY).flatMap(Visibility::of);
        rules.put(name.get().text(), new Rubric.Rule(points, visibility));
      }
    }
    return rules;
  }

  /** Whether a name is known and new; else reports a problem. */
  private boolean isKnown(LocatedJson.Str name, List<String> known, List<String> before) {
    if (before.contains(name.text())) {
      check.addProblem(name, LocatedJson.quoted(name.text()) + " is given twice", "it once");
      return false;
    }
    if (!known.contains(name.text())) {
      check.addProblem(
          name,
          LocatedJson.quoted(name.text()) + " is not in this grading",
          known.size() > 20 ? "a name of this grading" : "one of " + String.join(", ", known),
          NearestWord.of(name.text(), known).map(ScenarioFileChecker::didYouMean));
      return false;
    }
    return true;
  }

  private List<TierPoints> tiers(KeyValues values) {
    Map<String, TierPoints> tiers = new LinkedHashMap<>();
    List<String> metrics =
        Arrays.stream(PerformanceMetric.values()).map(PerformanceMetric::key).toList();
    for (KeyValues each : objects(values, RubricKeys.TIERS)) {
      Optional<LocatedJson.Str> name =
          each.jsonValue(RubricKeys.METRIC).map(LocatedJson.Str.class::cast);
      Optional<Double> fullMarks = each.number(RubricKeys.FULL).map(Number::doubleValue);
      if (name.isPresent()
          && fullMarks.isPresent()
          && isKnown(name.get(), metrics, tiers.keySet().stream().toList())) {
        double full = fullMarks.get();
        tiers.put(
            name.get().text(),
            new TierPoints(
                PerformanceMetric.of(name.get().text()).orElseThrow(),
                each.number(RubricKeys.BONUS).map(Number::doubleValue).orElse(full),
                full,
                each.fraction(RubricKeys.PARTIAL),
                each.fraction(RubricKeys.NONE)));
      }
    }
    return new ArrayList<>(tiers.values());
  }

  private Optional<LatePolicy> late(KeyValues values) {
    Optional<Instant> due = time(values);
    Map<String, Instant> extensions = new HashMap<>();
    List<String> teams = grading.teams().stream().map(TeamRecord::team).toList();
    for (KeyValues each : objects(values, RubricKeys.EXTENSIONS)) {
      Optional<LocatedJson.Str> team =
          each.jsonValue(RubricKeys.TEAM).map(LocatedJson.Str.class::cast);
      Optional<Instant> until = time(each);
      if (team.isPresent() && until.isPresent()) {
        String name = team.get().text();
        if (extensions.put(name, until.get()) != null) {
          check.addProblem(team.get(), LocatedJson.quoted(name) + " is given twice", "it once");
        } else if (!teams.contains(name)) {
          // A team that handed in nothing has no record.
          check.addWarning(
              team.get().line(),
              team.get().column(),
              LocatedJson.quoted(name) + " is no team here");
        }
      }
    }
    return due.map(
        instant ->
            new LatePolicy(
                instant,
                values.integer(RubricKeys.GRACE_MINUTES),
                values.fraction(RubricKeys.PERCENT_PER_DAY),
                values.fraction(RubricKeys.MAX_PERCENT),
                extensions));
  }

  private Optional<Instant> time(KeyValues values) {
    Optional<LocatedJson> given = values.jsonValue(RubricKeys.DUE);
    if (given.isEmpty()) {
      return Optional.empty(); // reported already
    }
    try {
      return Optional.of(OffsetDateTime.parse(((LocatedJson.Str) given.get()).text()).toInstant());
    } catch (DateTimeException impossible) {
      check.addProblem(
          given.get(),
          "\"due\" is " + given.get().description(),
          RubricKeys.DUE.type().description());
      return Optional.empty();
    }
  }

  private static List<KeyValues> objects(KeyValues values, KeySpec list) {
    return values.elements(list).stream()
        .filter(LocatedJson.Obj.class::isInstance)
        .map(element -> new KeyValues((LocatedJson.Obj) element))
        .toList();
  }
}
