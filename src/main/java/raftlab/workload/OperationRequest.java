package raftlab.workload;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;
import raftlab.wire.Message;

/**
 * An operation on a key: read, write, append or compare-and-set.
 *
 * @param type {@link Message#GET}, {@link Message#PUT}, {@link Message#APPEND} or {@link
 *     Message#CAS}
 * @param value the value to put, to append, or to write in a cas; null for a get
 * @param expect the value that a cas expects; null for the others
 */
public record OperationRequest(
    String type, String key, @Nullable String value, @Nullable String expect) {
  /** Reads the key's value. */
  public static OperationRequest get(String key) {
    return new OperationRequest(Message.GET, key, null, null);
  }

  /** Writes the key's value. */
  public static OperationRequest put(String key, String value) {
    return new OperationRequest(Message.PUT, key, value, null);
  }

  /** Appends to the key's value. */
  public static OperationRequest append(String key, String value) {
    return new OperationRequest(Message.APPEND, key, value, null);
  }

  /** Writes the key's value if the present one is {@code expect}. */
  public static OperationRequest cas(String key, String expect, String value) {
    return new OperationRequest(Message.CAS, key, value, expect);
  }

  /** Returns a new object with the fields of a request; the caller may add more. */
  JsonObject fields() {
    JsonObject fields = new JsonObject();
    fields.addProperty("key", key);
    if (expect != null) {
      fields.addProperty("expect", expect);
    }
    if (value != null) {
      fields.addProperty("value", value);
    }
    return fields;
  }
}
