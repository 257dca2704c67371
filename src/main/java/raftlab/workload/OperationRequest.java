package raftlab.workload;

import com.google.gson.JsonObject;
import raftlab.wire.Message;

/**
 * What a client wants of a key.
 *
 * @param type {@link Message#GET}, {@link Message#PUT}, {@link Message#APPEND} or {@link
 *     Message#CAS}
 * @param value what is put, appended, or put in place of what is expected; null for a get
 * @param expect the value that a cas expects; null for the others
 */
public record OperationRequest(String type, String key, String value, String expect) {
  /** To read the key's value. */
  public static OperationRequest get(String key) {
    return new OperationRequest(Message.GET, key, null, null);
  }

  /** To write the key's value. */
  public static OperationRequest put(String key, String value) {
    return new OperationRequest(Message.PUT, key, value, null);
  }

  /** To add to the end of the key's value. */
  public static OperationRequest append(String key, String value) {
    return new OperationRequest(Message.APPEND, key, value, null);
  }

  /** To write the key's value if it is the expected one. */
  public static OperationRequest cas(String key, String expect, String value) {
    return new OperationRequest(Message.CAS, key, value, expect);
  }

  /** The fields of a request for it, which the caller may add to. */
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
