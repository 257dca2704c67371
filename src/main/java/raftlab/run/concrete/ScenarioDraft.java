package raftlab.run.concrete;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;

/**
 * A scenario that is being written: its events, and all else.
 *
 * @param head all keys of the file but {@code events}; never changed, only replaced
 * @param events each an event as in a file; never changed, only replaced
 */
public record ScenarioDraft(JsonObject head, List<JsonObject> events) {
  private static final String EVENTS = "events";

  /** Takes a copy of the list. */
  public ScenarioDraft {
    events = List.copyOf(events);
  }

  /** The draft of a scenario that has been read. */
  public static ScenarioDraft of(Scenario scenario) {
    JsonObject head = JsonParser.parseString(scenario.json()).getAsJsonObject();
    List<JsonObject> events = new ArrayList<>();
    JsonElement given = head.remove(EVENTS);
    if (given != null) {
      given.getAsJsonArray().forEach(event -> events.add(event.getAsJsonObject()));
    }
    return new ScenarioDraft(head, events);
  }

  /** The same with other events. */
  public ScenarioDraft withEvents(List<JsonObject> others) {
    return new ScenarioDraft(head, others);
  }

  /** The same with another value of a key; null to leave it out. */
  public ScenarioDraft with(String key, JsonElement value) {
    JsonObject changed = head.deepCopy();
    changed.remove(key);
    if (value != null) {
      changed.add(key, value);
    }
    return new ScenarioDraft(changed, events);
  }

  /**
   * Reads it as a scenario.
   *
   * @param name what the file would be called, without {@code .json}
   * @throws ScenarioException if it makes none
   */
  public Scenario read(String name) throws ScenarioException {
    return ScenarioReader.read(name, text());
  }

  /** The file: a line for each key and for each event. */
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
