package raftlab.run.concrete;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;

/**
 * A scenario that is being edited, as JSON.
 *
 * @param head all keys of the file except {@code events}; never changed, only replaced
 * @param events the events as in a file; never changed, only replaced
 */
public record ScenarioDraft(JsonObject head, List<JsonObject> events) {
  private static final String EVENTS = "events";

  /** Copies the list. */
  public ScenarioDraft {
    events = List.copyOf(events);
  }

  /** Returns the draft of a scenario. */
  public static ScenarioDraft of(Scenario scenario) {
    JsonObject head = JsonParser.parseString(scenario.json()).getAsJsonObject();
    List<JsonObject> events = new ArrayList<>();
    JsonElement given = head.remove(EVENTS);
    if (given != null) {
      given.getAsJsonArray().forEach(event -> events.add(event.getAsJsonObject()));
    }
    return new ScenarioDraft(head, events);
  }

  /** Returns the draft with other events. */
  public ScenarioDraft withEvents(List<JsonObject> others) {
    return new ScenarioDraft(head, others);
  }

  /** Returns the draft with another value of a key; null removes the key. */
  public ScenarioDraft with(String key, @Nullable JsonElement value) {
    JsonObject changed = head.deepCopy();
    changed.remove(key);
    if (value != null) {
      changed.add(key, value);
    }
    return new ScenarioDraft(changed, events);
  }

  /**
   * Parses it as a scenario.
   *
   * @param name the file name without {@code .json}
   * @throws ScenarioException if it isn't valid
   */
  public Scenario read(String name) throws ScenarioException {
    return ScenarioReader.read(name, text());
  }

  /** Returns the file's text, with one line for each key and each event. */
  public String text() {
    JsonObject all = head.deepCopy();
    if (!events.isEmpty()) {
      JsonArray array = new JsonArray();
      events.forEach(array::add);
      all.add(EVENTS, array);
    }
    return ReadableJson.of(all);
  }
}
