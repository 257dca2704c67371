package raftlab.strangers;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import raftlab.strangers.FieldNames.Role;

/** Entries of the log as JSON, and back. */
final class PlainLogEntryJson {
  private final MessageStyle style;

  PlainLogEntryJson(MessageStyle style) {
    this.style = style;
  }

  JsonElement write(PlainLogEntry entry) {
    JsonPrimitive term =
        style.has(StyleTrait.STRINGS)
            ? new JsonPrimitive(Long.toString(entry.term()))
            : new JsonPrimitive(entry.term());
    if (style.has(StyleTrait.ENTRIES_ARRAYS)) {
      JsonArray array = new JsonArray();
      array.add(term);
      array.addAll(command(entry));
      return array;
    }
    if (style.has(StyleTrait.ENTRIES_NESTED)) {
      JsonArray array = new JsonArray();
      array.add(command(entry));
      array.add(term);
      return array;
    }
    JsonObject object = new JsonObject();
    object.add(style.name(Role.ENTRY_TERM), term);
    if (style.has(StyleTrait.ENTRIES_MESSAGES)) {
      object.add("msg", request(entry));
      return object;
    }
    object.addProperty(style.name(Role.OPERATION), entry.operation());
    JsonObject inner = style.has(StyleTrait.ENTRIES_ARGS) ? new JsonObject() : object;
    inner.addProperty(style.name(Role.KEY), entry.key());
    inner.addProperty(style.name(Role.VALUE), entry.value());
    if (inner != object) {
      object.add("args", inner);
    }
    object.addProperty(style.name(Role.CLIENT), entry.client());
    object.addProperty("MID", entry.mid());
    return object;
  }

  private static JsonArray command(PlainLogEntry entry) {
    JsonArray command = new JsonArray();
    command.add(entry.operation());
    command.add(entry.key());
    command.add(entry.value());
    command.add(entry.client());
    command.add(entry.mid());
    return command;
  }

  private static JsonObject request(PlainLogEntry entry) {
    JsonObject request = new JsonObject();
    request.addProperty("src", entry.client());
    request.addProperty("type", entry.operation());
    request.addProperty("MID", entry.mid());
    request.addProperty("key", entry.key());
    request.addProperty("value", entry.value());
    return request;
  }

  /** Reads an entry; throws a runtime exception if it is none. */
  PlainLogEntry read(JsonElement json) {
    if (style.has(StyleTrait.ENTRIES_ARRAYS)) {
      return of(json.getAsJsonArray().get(0), json.getAsJsonArray(), 1);
    }
    if (style.has(StyleTrait.ENTRIES_NESTED)) {
      JsonArray array = json.getAsJsonArray();
      return of(array.get(1), array.get(0).getAsJsonArray(), 0);
    }
    JsonObject object = json.getAsJsonObject();
    long term = object.get(style.name(Role.ENTRY_TERM)).getAsLong();
    if (style.has(StyleTrait.ENTRIES_MESSAGES)) {
      JsonObject request = object.getAsJsonObject("msg");
      return new PlainLogEntry(
          term,
          request.get("type").getAsString(),
          request.get("key").getAsString(),
          request.get("value").getAsString(),
          request.get("src").getAsString(),
          request.get("MID").getAsString());
    }
    JsonObject inner = style.has(StyleTrait.ENTRIES_ARGS) ? object.getAsJsonObject("args") : object;
    return new PlainLogEntry(
        term,
        object.get(style.name(Role.OPERATION)).getAsString(),
        inner.get(style.name(Role.KEY)).getAsString(),
        inner.get(style.name(Role.VALUE)).getAsString(),
        object.get(style.name(Role.CLIENT)).getAsString(),
        object.get("MID").getAsString());
  }

  private static PlainLogEntry of(JsonElement term, JsonArray command, int from) {
    return new PlainLogEntry(
        term.getAsLong(),
        command.get(from).getAsString(),
        command.get(from + 1).getAsString(),
        command.get(from + 2).getAsString(),
        command.get(from + 3).getAsString(),
        command.get(from + 4).getAsString());
  }
}
