package raftlab.trace;

import com.google.gson.JsonObject;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import raftlab.wire.RecordJson;

/**
 * Reads and writes events as JSON: each is a {@link RecordJson record}; the field {@code event} has
 * its name.
 */
final class EventJson {
  private static final String TAG = "event";

  private EventJson() {}

  static void write(Event event, JsonWriter out) throws IOException {
    RecordJson.write(TAG, (Record) event, out);
  }

  static Event read(JsonObject json) {
    return (Event) RecordJson.read(RecordJson.typeOf(Event.class, TAG, json), json);
  }
}
