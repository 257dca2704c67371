package raftlab.wire;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;

/** How large messages are at most, without rendering them. */
final class MessageSize {
  /** A character takes so many bytes at most: an escaped one, such as a control character. */
  private static final int BYTES_A_CHARACTER = 6;

  /** Room for what stands around a value, and for a number. */
  private static final int BYTES_A_VALUE = 32;

  /** The fields that every message has. */
  private static final int BYTES_OF_HEAD = 2_000;

  private MessageSize() {}

  /** So many bytes a message with these fields has at most; what is above the bound isn't told. */
  static int atMost(int bound, JsonObject fields) {
    return bound - room(bound - BYTES_OF_HEAD, fields);
  }

  /** What is left of the room after this element; 0 or less as soon as it is used up. */
  private static int room(int room, JsonElement element) {
    int left = room - BYTES_A_VALUE;
    if (element instanceof JsonObject object) {
      for (Map.Entry<String, JsonElement> field : object.entrySet()) {
        left = room(left - BYTES_A_CHARACTER * field.getKey().length(), field.getValue());
        if (left <= 0) {
          return left;
        }
      }
    } else if (element instanceof JsonArray array) {
      for (int i = 0; i < array.size() && left > 0; i++) {
        left = room(left, array.get(i));
      }
    } else if (element.isJsonPrimitive() && element.getAsJsonPrimitive().isString()) {
      left -= BYTES_A_CHARACTER * element.getAsString().length();
    }
    return left;
  }
}
