package raftlab.trace;

import com.google.gson.JsonObject;
import raftlab.wire.RecordJson;

/** The JSON form of events: each a {@link RecordJson record} with its name under {@code event}. */
final class EventJson {
  private static final String TAG = "event";

  private EventJson() {}

  static JsonObject write(Event event) {
    return RecordJson.write(TAG, (Record) event);
  }

  static Event read(JsonObject json) {
    return (Event) RecordJson.read(RecordJson.typeOf(Event.class, TAG, json), json);
  }
}
