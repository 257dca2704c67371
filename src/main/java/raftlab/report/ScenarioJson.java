package raftlab.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import raftlab.scenario.Scenario;
import raftlab.scenario.Step;
import raftlab.scenario.TrafficPlan;
import raftlab.scenario.file.ActionJson;
import raftlab.scenario.text.StepText;
import raftlab.scenario.text.TrafficText;

/** Writes what will happen in a scenario as JSON. Times are seconds on the clock of the run. */
public final class ScenarioJson {
  private final Scenario scenario;

  private ScenarioJson(Scenario scenario) {
    this.scenario = scenario;
  }

  /** Everything that {@link ScenarioText} shows, and every occurrence of every event. */
  public static JsonObject of(Scenario scenario, long seed) {
    ScenarioJson writer = new ScenarioJson(scenario);
    JsonObject json = head(scenario);
    json.addProperty("seed", seed);
    json.add("from", writer.at(0));
    json.add("until", writer.at(scenario.lifetimeMillis()));
    json.add("end", writer.at(scenario.lifetimeMillis() + scenario.endWaitMillis()));
    json.add("network", ActionJson.of(scenario.network()));
    json.add("clientNetwork", ActionJson.of(scenario.clientNetwork()));
    json.addProperty("requests", scenario.requests());
    json.add("traffic", writer.traffic());
    FaultTimeline timeline = new FaultTimeline(scenario, seed);
    JsonArray events = new JsonArray();
    timeline.entries().forEach(entry -> events.add(writer.event(entry)));
    json.add("events", events);
    json.add("onMessages", strings(timeline.onMessages()));
    JsonArray single = new JsonArray();
    timeline.single().forEach(action -> single.add(ActionJson.of(action)));
    json.add("singleMessages", single);
    JsonArray steps = new JsonArray();
    steps(scenario.steps(), steps);
    json.add("steps", steps);
    json.addProperty("bounds", ScenarioText.limitsText(scenario.limits()));
    return json;
  }

  /** The fields that a list of scenarios has for each. */
  static JsonObject head(Scenario scenario) {
    JsonObject json = new JsonObject();
    json.addProperty("name", scenario.name());
    json.addProperty("title", scenario.title());
    json.addProperty("file", scenario.file().toString());
    json.addProperty("section", scenario.credit().section());
    json.addProperty("points", scenario.credit().points());
    json.add(
        "worlds", strings(scenario.onlyWorld().map(List::of).orElse(List.of("process", "sim"))));
    json.addProperty("replicas", scenario.replicas());
    return json;
  }

  private com.google.gson.JsonPrimitive at(long millis) {
    return ActionJson.seconds((scenario.startWaitMillis() + millis) * 1000);
  }

  private JsonArray traffic() {
    JsonArray all = new JsonArray();
    for (TrafficPlan plan : scenario.traffic()) {
      JsonObject json = new JsonObject();
      json.add("from", at(plan.fromMillis()));
      json.add("until", at(plan.untilMillis()));
      json.addProperty("text", TrafficText.of(plan));
      all.add(json);
    }
    return all;
  }

  private JsonObject event(FaultTimeline.TimelineEntry entry) {
    JsonObject json = new JsonObject();
    json.add("at", ActionJson.seconds(scenario.startWaitMillis() * 1000 + entry.atMicros()));
    json.addProperty("number", entry.event().number());
    json.addProperty("text", entry.text());
    json.add("action", ActionJson.of(entry.event().action()));
    return json;
  }

  private static void steps(List<Step> steps, JsonArray all) {
    for (Step step : steps) {
      JsonObject json = new JsonObject();
      json.addProperty("number", step.number());
      json.addProperty("text", StepText.of(step));
      if (step instanceof Step.Act act) {
        json.add("action", ActionJson.of(act.action()));
      } else if (step instanceof Step.Arm arm) {
        json.add("action", ActionJson.of(arm.action()));
      }
      if (!step.limits().isNone()) {
        json.addProperty("bounds", ScenarioText.limitsText(step.limits()));
      }
      all.add(json);
      if (step instanceof Step.Block block) {
        steps(block.steps(), all);
      }
    }
  }

  private static JsonArray strings(List<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }
}
