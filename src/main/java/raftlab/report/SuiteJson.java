package raftlab.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import raftlab.run.RunOutcome;
import raftlab.run.findings.FailureGroups;
import raftlab.scenario.Scenario;
import raftlab.suite.RepeatCounts;

/** Writes a played suite as JSON. */
public final class SuiteJson {
  private SuiteJson() {}

  /**
   * The counts, the pass rates of the scenarios, the causes of failures, and all runs.
   *
   * @param ofScenarios the runs of each scenario that was played, in order
   */
  public static JsonObject of(
      FailureGroups findings, List<List<RunOutcome>> ofScenarios, double seconds) {
    JsonObject json = new JsonObject();
    FailureGroupsJson.addCounts(findings, seconds, json);
    JsonArray scenarios = new JsonArray();
    JsonArray runs = new JsonArray();
    for (List<RunOutcome> ofScenario : ofScenarios) {
      scenarios.add(of(ofScenario.get(0).scenario(), RepeatCounts.of(ofScenario)));
      ofScenario.forEach(run -> runs.add(OutcomeJson.of(run)));
    }
    json.add("scenarios", scenarios);
    json.add("causes", FailureGroupsJson.ofSuite(findings));
    json.add("runs", runs);
    return json;
  }

  private static JsonObject of(Scenario scenario, RepeatCounts repeats) {
    JsonObject json = new JsonObject();
    json.addProperty("scenario", scenario.name());
    json.addProperty("file", scenario.file().toString());
    json.addProperty("played", repeats.runs());
    json.addProperty("passed", repeats.passed());
    json.addProperty("failed", repeats.failed());
    json.addProperty("blocked", repeats.blocked());
    json.addProperty("unknown", repeats.unknown());
    json.addProperty("flaky", repeats.isFlaky());
    json.addProperty("rate", repeats.rate().fraction());
    json.addProperty("rateLow", repeats.rate().low());
    json.addProperty("rateHigh", repeats.rate().high());
    return json;
  }
}
