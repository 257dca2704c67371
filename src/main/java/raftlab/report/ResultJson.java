package raftlab.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;

/** The parts of results that all JSON of the kit has in the same form. */
public final class ResultJson {
  private ResultJson() {}

  /** The result of a check. */
  public static JsonObject check(
      String name, Enum<?> status, String requirement, String section, String text) {
    JsonObject json = new JsonObject();
    json.addProperty("check", name);
    json.addProperty("status", lower(status));
    json.addProperty("promise", requirement);
    json.addProperty("section", section);
    json.addProperty("text", text);
    return json;
  }

  /** The likely cause of a failure. */
  public static JsonObject cause(String name, String text, String section, Enum<?> certainty) {
    JsonObject json = new JsonObject();
    json.addProperty("name", name);
    json.addProperty("text", text);
    json.addProperty("section", section);
    json.addProperty("certainty", lower(certainty));
    return json;
  }

  /** A constant in lower case. */
  public static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** A list of texts. */
  public static JsonArray strings(List<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }
}
