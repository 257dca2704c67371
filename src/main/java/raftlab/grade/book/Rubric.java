package raftlab.grade.book;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import raftlab.grade.store.ScenarioRecord;

/**
 * How results become points.
 *
 * @param title a title for reports; "" for none
 * @param repeatPolicy how several runs of a scenario count
 * @param visibility when students see a scenario for which nothing else is said
 * @param suites the rules for suites, by name
 * @param scenarios the rules for scenarios, by key
 * @param tiers the points for performance tiers, at most one for each metric
 * @param late the late policy, if there is one
 */
public record Rubric(
    String title,
    RepeatPolicy repeatPolicy,
    Visibility visibility,
    Map<String, Rule> suites,
    Map<String, Rule> scenarios,
    List<TierPoints> tiers,
    Optional<LatePolicy> late) {
  /**
   * The points of the files, or one point for each scenario if a suite's files give none; no tiers;
   * everything is visible.
   */
  public static final Rubric DEFAULT =
      new Rubric(
          "",
          RepeatPolicy.MEAN,
          Visibility.VISIBLE,
          Map.of(),
          Map.of(),
          List.of(),
          Optional.empty());

  /**
   * A rule for a suite or a scenario.
   *
   * @param points what all of it is worth, if that is said
   * @param visibility when students see it, if that is said
   */
  public record Rule(OptionalDouble points, Optional<Visibility> visibility) {
    /** Nothing is said. */
    static final Rule NONE = new Rule(OptionalDouble.empty(), Optional.empty());
  }

  /** Copies the collections. */
  public Rubric {
    suites = Map.copyOf(suites);
    scenarios = Map.copyOf(scenarios);
    tiers = List.copyOf(tiers);
  }

  /** Returns the same rubric with this late policy. */
  public Rubric with(LatePolicy policy) {
    return new Rubric(
        title, repeatPolicy, visibility, suites, scenarios, tiers, Optional.of(policy));
  }

  /** Returns when students see a scenario. */
  public Visibility visibility(ScenarioRecord scenario) {
    return rule(scenario)
        .visibility()
        .or(() -> suites.getOrDefault(scenario.suite(), Rule.NONE).visibility())
        .orElse(visibility);
  }

  /**
   * Returns the points for passing a scenario, before its suite's points are distributed.
   *
   * @param others the points of a scenario for which neither a rule nor its file says any
   */
  double basePoints(ScenarioRecord scenario, double others) {
    return rule(scenario).points().orElse(scenario.points() > 0 ? scenario.points() : others);
  }

  /** Returns the points for tiers of a scenario: those for metrics that it has. */
  List<TierPoints> tiers(ScenarioRecord scenario) {
    return tiers.stream().filter(tier -> scenario.metrics().contains(tier.metric().key())).toList();
  }

  /** Returns what all of a suite is worth, if that is said. */
  OptionalDouble suitePoints(String suite) {
    return suites.getOrDefault(suite, Rule.NONE).points();
  }

  private Rule rule(ScenarioRecord scenario) {
    return scenarios.getOrDefault(scenario.key(), Rule.NONE);
  }
}
