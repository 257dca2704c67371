package raftlab.wire;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;

/** Computes an upper bound of the size of a message without encoding it. */
final class MessageSize {
  /** The most bytes of a character: an escaped one, such as a control character. */
  private static final int MAX_BYTES_PER_CHARACTER = 6;

  /** The most bytes around a value, and of a number. */
  private static final int MAX_BYTES_PER_VALUE = 32;

  /** The most bytes of the fields that every message has. */
  private static final int MAX_HEADER_BYTES = 2_000;

  private MessageSize() {}

  /**
   * Returns the most bytes of a message with these fields; above {@code bound} the result isn't
   * exact.
   */
  static int upperBound(int bound, JsonObject fields) {
    return bound - remainingBytes(bound - MAX_HEADER_BYTES, fields);
  }

  /** Returns the bytes that remain after this element; 0 or less once they are used up. */
  private static int remainingBytes(int room, JsonElement element) {
    int left = room - MAX_BYTES_PER_VALUE;
    if (element instanceof JsonObject object) {
      for (Map.Entry<String, JsonElement> field : object.entrySet()) {
        left =
            remainingBytes(
                left - MAX_BYTES_PER_CHARACTER * field.getKey().length(), field.getValue());
        if (left <= 0) {
          return left;
        }
      }
    } else if (element instanceof JsonArray array) {
      for (int i = 0; i < array.size() && left > 0; i++) {
        left = remainingBytes(left, array.get(i));
      }
    } else if (element.isJsonPrimitive() && element.getAsJsonPrimitive().isString()) {
      left -= MAX_BYTES_PER_CHARACTER * element.getAsString().length();
    }
    return left;
  }
}
