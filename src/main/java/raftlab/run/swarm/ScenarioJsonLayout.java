package raftlab.run.swarm;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;

/** Formats a scenario's JSON with one line for each key, event and step. */
final class ScenarioJsonLayout {
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  private final StringBuilder text = new StringBuilder();

  private ScenarioJsonLayout() {}

  /** Formats the whole file, with a line break at its end. */
  static String of(JsonObject scenario) {
    ScenarioJsonLayout lines = new ScenarioJsonLayout();
    lines.text.append("{");
    String between = "\n  ";
    for (Map.Entry<String, JsonElement> each : scenario.entrySet()) {
      lines.text.append(between);
      lines.key(each.getKey());
      lines.outer(each.getValue());
      between = ",\n  ";
    }
    return lines.text.append("\n}\n").toString();
  }

  private void key(String key) {
    text.append(GSON.toJson(key)).append(": ");
  }

  private void outer(JsonElement value) {
    if (!(value instanceof JsonArray list) || list.isEmpty()) {
      inner(value);
      return;
    }
    String between = "[\n    ";
    for (JsonElement each : list) {
      text.append(between);
      inner(each);
      between = ",\n    ";
    }
    text.append("\n  ]");
  }

  private void inner(JsonElement value) {
    String between = "";
    if (value instanceof JsonObject object) {
      text.append("{");
      for (Map.Entry<String, JsonElement> each : object.entrySet()) {
        text.append(between);
        key(each.getKey());
        inner(each.getValue());
        between = ", ";
      }
      text.append("}");
    } else if (value instanceof JsonArray list) {
      text.append("[");
      for (JsonElement each : list) {
        text.append(between);
        inner(each);
        between = ", ";
      }
      text.append("]");
    } else {
      text.append(GSON.toJson(value));
    }
  }
}
