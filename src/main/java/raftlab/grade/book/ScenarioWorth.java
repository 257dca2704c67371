package raftlab.grade.book;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import raftlab.grade.store.GradingRecord;
import raftlab.grade.store.RunRecord;
import raftlab.grade.store.ScenarioRecord;
import raftlab.grade.store.TierRecord;

/**
 * What a scenario is worth by a rubric.
 *
 * @param base the points for passing
 * @param tiers the points for tiers
 */
record ScenarioWorth(double base, List<TierPoints> tiers) {
  /** Returns what each scenario of a grading is worth, by key. */
  static Map<String, ScenarioWorth> of(GradingRecord grading, Rubric rubric) {
    Map<String, Double> sums = new HashMap<>();
    Map<String, ScenarioWorth> plain = new HashMap<>();
    Set<String> withPoints = new HashSet<>();
    for (ScenarioRecord scenario : grading.scenarios()) {
      if (scenario.points() > 0) {
        withPoints.add(scenario.suite());
      }
    }
    for (ScenarioRecord scenario : grading.scenarios()) {
      double others = withPoints.contains(scenario.suite()) ? 0 : 1;
      ScenarioWorth worth =
          new ScenarioWorth(rubric.basePoints(scenario, others), rubric.tiers(scenario));
      plain.put(scenario.key(), worth);
      sums.merge(scenario.suite(), worth.max(), Double::sum);
    }
    Map<String, ScenarioWorth> scaled = new HashMap<>();
    for (ScenarioRecord scenario : grading.scenarios()) {
      OptionalDouble points = rubric.suitePoints(scenario.suite());
      double sum = sums.getOrDefault(scenario.suite(), 0.0);
      double factor = points.isPresent() && sum > 0 ? points.getAsDouble() / sum : 1;
      ScenarioWorth worth = plain.getOrDefault(scenario.key(), new ScenarioWorth(0, List.of()));
      scaled.put(scenario.key(), worth.times(factor));
    }
    return scaled;
  }

  private ScenarioWorth times(double factor) {
    List<TierPoints> each = new ArrayList<>();
    for (TierPoints tier : tiers) {
      each.add(
          new TierPoints(
              tier.metric(),
              tier.bonus() * factor,
              tier.full() * factor,
              tier.partial() * factor,
              tier.none() * factor));
    }
    return new ScenarioWorth(base * factor, each);
  }

  /** Returns full marks; a bonus may give more. */
  double max() {
    return base + tiers.stream().mapToDouble(TierPoints::full).sum();
  }

  /** Returns the points of one run. */
  double points(RunRecord run) {
    if (!run.hasPassed()) {
      return 0;
    }
    double points = base;
    for (TierPoints tier : tiers) {
      for (TierRecord reached : run.tiers()) {
        points += reached.metric() == tier.metric() ? tier.of(reached.tier()) : 0;
      }
    }
    return points;
  }
}
