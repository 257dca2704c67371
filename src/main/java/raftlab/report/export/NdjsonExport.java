package raftlab.report.export;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import raftlab.trace.Event;
import raftlab.wire.Message;
import raftlab.wire.RecordJson;

/**
 * Writes one JSON object a line for each event, flat, so that pandas reads it as a table, and
 * within the limits of TLC's reader: no null (a missing value is the text "null"), whole numbers of
 * 32 bits (others are texts), and the same keys in all lines of a kind.
 */
final class NdjsonExport {
  private static final String MISSING = "null";

  private final ExportedRun run;
  private final Writer out;

  NdjsonExport(ExportedRun run, Writer out) {
    this.run = run;
    this.out = out;
  }

  void write() throws IOException {
    int number = 0;
    for (Event event : run.events()) {
      JsonObject line = new JsonObject();
      line.addProperty("event", event.getClass().getSimpleName());
      line.addProperty("n", ++number);
      line.addProperty("ms", Math.floorDiv(run.micros(event), 1000));
      line.addProperty("us", Math.floorMod(run.micros(event), 1000));
      if (event instanceof Event.Sent sent) {
        addMessage(line, sent);
      } else {
        addComponents(line, event);
      }
      out.write(line + "\n");
    }
  }

  private void addMessage(JsonObject line, Event.Sent sent) {
    Message message = sent.message();
    line.addProperty("number", sent.number());
    line.addProperty("from", sent.from().toString());
    line.addProperty("to", sent.to().toString());
    line.addProperty("type", message.type());
    line.addProperty("kind", run.kind(sent));
    line.addProperty("term", run.term(sent));
    line.addProperty("leader", message.leader().toString());
    String mid = message.mid();
    line.addProperty("mid", mid == null ? MISSING : mid);
    line.addProperty("body", message.toString());
  }

  /** The components of the record, with those of an inner record beside them. */
  private static void addComponents(JsonObject line, Event event) throws IOException {
    StringWriter text = new StringWriter();
    RecordJson.write("event", (Record) event, new JsonWriter(text));
    JsonObject json = JsonParser.parseString(text.toString()).getAsJsonObject();
    for (RecordComponent component : event.getClass().getRecordComponents()) {
      String name = component.getName();
      if (name.equals("atMicros")) {
        continue;
      }
      JsonElement value = json.get(name);
      if (value instanceof JsonObject inner) {
        for (Map.Entry<String, JsonElement> field : inner.entrySet()) {
          add(line, field.getKey(), field.getValue());
        }
      } else {
        add(line, name, value == null ? new JsonPrimitive(MISSING) : value);
      }
    }
  }

  private static void add(JsonObject line, String name, JsonElement value) {
    line.add(line.has(name) ? name + "_" : name, plain(value));
  }

  private static JsonElement plain(JsonElement value) {
    if (value instanceof JsonArray list) {
      JsonArray plain = new JsonArray();
      list.forEach(each -> plain.add(plain(each)));
      return plain;
    } else if (value instanceof JsonObject object) {
      JsonObject plain = new JsonObject();
      object.entrySet().forEach(field -> plain.add(field.getKey(), plain(field.getValue())));
      return plain;
    } else if (value instanceof JsonPrimitive primitive && primitive.isNumber()) {
      double number = primitive.getAsDouble();
      boolean isSmall = number == Math.rint(number) && Math.abs(number) <= Integer.MAX_VALUE;
      return isSmall ? new JsonPrimitive((int) number) : new JsonPrimitive(primitive.getAsString());
    }
    return value.isJsonNull() ? new JsonPrimitive(MISSING) : value;
  }
}
