package raftlab.console;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;
import raftlab.wire.Message;

/**
 * A request of the user.
 *
 * @param type get, put, append or cas
 * @param value the value to put or append; null for a get
 * @param expect the value that a cas expects; null for the others
 */
record ConsoleRequest(String type, String key, @Nullable String value, @Nullable String expect) {
  /** Whether executing it twice differs from executing it once. */
  private boolean isNonIdempotent() {
    return type.equals(Message.APPEND) || type.equals(Message.CAS);
  }

  /** The fields of the request; {@code seq} counts the session's requests without retries. */
  JsonObject fields(String session, long seq) {
    JsonObject fields = new JsonObject();
    fields.addProperty("key", key);
    if (expect != null) {
      fields.addProperty("expect", expect);
    }
    if (value != null) {
      fields.addProperty("value", value);
    }
    if (isNonIdempotent()) {
      fields.addProperty("client", session);
      fields.addProperty("seq", seq);
    }
    return fields;
  }

  /** A short form. */
  @Override
  public String toString() {
    return type + " " + ConsoleWords.quote(key, 20);
  }
}
