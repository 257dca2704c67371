package raftlab.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import raftlab.scenario.Action;
import raftlab.scenario.ActionType;
import raftlab.scenario.Scenario;
import raftlab.scenario.Step;
import raftlab.scenario.TargetSelector;

/** The terms that a scenario uses, with their meanings. */
final class ScenarioGlossary {
  private final Map<ActionType, String> types = new TreeMap<>();
  private final Map<Step.Condition, String> conditions = new TreeMap<>();
  private final Map<TargetSelector.SelectorKind, String> choices = new TreeMap<>();

  private ScenarioGlossary() {}

  /** The action types, conditions and targets in the scenario. */
  static Map<String, String> of(Scenario scenario) {
    ScenarioGlossary used = new ScenarioGlossary();
    scenario.actions().forEach(used::note);
    used.steps(scenario.steps());
    Map<String, String> words = new LinkedHashMap<>();
    used.types.forEach((type, meaning) -> words.put(type.key(), meaning));
    used.conditions.forEach((it, meaning) -> words.put("until " + it.key(), meaning));
    used.choices.forEach((kind, meaning) -> words.put(kind.word(), meaning));
    return words;
  }

  private void note(Action action) {
    types.put(action.type(), action.type().description());
    action.selectors().forEach(this::note);
  }

  private void note(TargetSelector who) {
    for (TargetSelector.SelectorPart part : who.parts()) {
      if (!part.kind().word().isEmpty()) {
        choices.put(part.kind(), part.kind().description());
      }
    }
  }

  private void steps(List<Step> steps) {
    for (Step step : steps) {
      if (step instanceof Step.Until until) {
        conditions.put(until.condition(), until.condition().description());
        note(until.who());
      } else if (step instanceof Step.Block block) {
        steps(block.steps());
      }
    }
  }
}
