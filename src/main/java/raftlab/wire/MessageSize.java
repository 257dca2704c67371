package raftlab.wire;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;

/** Computes an upper bound of the size of a message without encoding it. */
final class MessageSize {
  /** The most bytes of a character: an escaped one, such as a control character. */
  private static final int BYTES_A_CHARACTER = 6;

  /** The most bytes around a value, and of a number. */
  private static final int BYTES_A_VALUE = 32;

  /** The most bytes of the fields that every message has. */
  private static final int BYTES_OF_HEAD = 2_000;

  private MessageSize() {}

  /**
   * Returns the most bytes of a message with these fields; above {@code bound} the result isn't
   * exact.
   */
  static int atMost(int bound, JsonObject fields) {
    return bound - room(bound - BYTES_OF_HEAD, fields);
  }

  /** Returns the bytes that remain after this element; 0 or less once they are used up. */
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
