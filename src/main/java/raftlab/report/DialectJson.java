package raftlab.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Locale;
import java.util.Map;
import raftlab.dialect.Dialect;
import raftlab.dialect.Dialect.Aspect;
import raftlab.dialect.FieldReading;
import raftlab.dialect.MessageReader.Source;

/** Writes how the messages between the replicas of a run are read, as JSON. */
public final class DialectJson {
  private DialectJson() {}

  /** The messages with their fields, and what the run confirms. */
  public static JsonObject of(Dialect dialect, Source source) {
    JsonObject json = new JsonObject();
    json.addProperty("readBy", lower(source));
    dialect.firstIndex().ifPresent(first -> json.addProperty("firstIndex", first));
    if (!dialect.correctionFile().isEmpty()) {
      json.addProperty("dialectFile", dialect.correctionFile());
    }
    json.addProperty("heartbeats", dialect.heartbeats().delivered());
    json.addProperty("heartbeatsAnswered", dialect.heartbeats().answered());
    JsonArray messages = new JsonArray();
    dialect.roles().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            each -> {
              JsonObject message = new JsonObject();
              message.addProperty("type", each.getKey());
              message.addProperty("role", each.getValue().text());
              message.addProperty("sent", dialect.count(each.getKey()));
              JsonObject fields = new JsonObject();
              for (FieldReading field : dialect.fields()) {
                if (field.kind().equals(each.getKey())) {
                  fields.addProperty(field.meaning().text(), field.field());
                }
              }
              message.add("fields", fields);
              messages.add(message);
            });
    json.add("messages", messages);
    JsonArray aspects = new JsonArray();
    for (Aspect aspect : Aspect.values()) {
      JsonObject one = new JsonObject();
      one.addProperty("aspect", aspect.text());
      one.addProperty("certainty", lower(dialect.certainty(aspect)));
      one.addProperty("agreed", dialect.agreed(aspect));
      one.addProperty("compared", dialect.compared(aspect));
      aspects.add(one);
    }
    json.add("aspects", aspects);
    return json;
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
