package raftlab.wire;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;

/** Estimates the size of messages and of their texts without encoding them. */
public final class MessageSize {
  /** The most bytes of a character: an escaped one, such as a control character. */
  private static final int MAX_BYTES_PER_CHARACTER = 6;

  /** The most bytes around a value, and of a number. */
  private static final int MAX_BYTES_PER_VALUE = 32;

  /** The most bytes of the fields that every message has. */
  private static final int MAX_HEADER_BYTES = 2_000;

  private MessageSize() {}

  /**
   * Returns the bytes of the text as a JSON string in UTF-8, without the quotes. Each half of a
   * surrogate pair counts one byte too many.
   */
  public static int jsonBytes(String text) {
    int bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c == '\u2028' || c == '\u2029') {
        bytes += 5; // \u001F
      } else if (c == '"' || c == '\\') {
        bytes += 1;
      } else if (c >= 0x800) {
        bytes += 2;
      } else if (c >= 0x80) {
        bytes += 1;
      }
    }
    return bytes;
  }

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
