package raftlab.console;

import com.google.gson.JsonObject;
import raftlab.wire.Message;

/**
 * What a person wants of a key.
 *
 * @param type get, put, append or cas
 * @param value what is put, appended, or put in place of what is expected; null for a get
 * @param expect the value that a cas expects; null for the others
 */
record ConsoleRequest(String type, String key, String value, String expect) {
  /** Names the console's writes, so that a repeated one is executed once. */
  private static final String SESSION = "console";

  /** Whether it depends on the present value: done twice it would be another wish. */
  private boolean isOnce() {
    return type.equals(Message.APPEND) || type.equals(Message.CAS);
  }

  /** The further fields of a request for it; {@code seq} counts wishes, not their repetitions. */
  JsonObject fields(long seq) {
    JsonObject fields = new JsonObject();
    fields.addProperty("key", key);
    if (expect != null) {
      fields.addProperty("expect", expect);
    }
    if (value != null) {
      fields.addProperty("value", value);
    }
    if (isOnce()) {
      fields.addProperty("client", SESSION);
      fields.addProperty("seq", seq);
    }
    return fields;
  }

  /** Short. */
  @Override
  public String toString() {
    return type + " " + CommandLineSplitter.quote(key, 20);
  }
}
