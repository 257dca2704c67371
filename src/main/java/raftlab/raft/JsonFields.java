package raftlab.raft;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import org.jspecify.annotations.Nullable;
import raftlab.wire.Id;

/** Reads JSON values strictly: a value of another type is invalid. */
final class JsonFields {
  static final long INVALID = -1;

  private JsonFields() {}

  /** The whole number from 0 to {@link MessageCodec#MAX_NUMBER}, or {@link #INVALID}. */
  static long number(JsonElement json) {
    if (!(json instanceof JsonPrimitive primitive) || !primitive.isNumber()) {
      return INVALID;
    }
    Number number = primitive.getAsNumber();
    if (number instanceof Long || number instanceof Integer) {
      long value = number.longValue();
      return value <= MessageCodec.MAX_NUMBER ? value : INVALID;
    }
    // A number that was parsed has its digits only.
    String digits = number.toString();
    if (digits.isEmpty() || digits.length() > 16) {
      return INVALID;
    }
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return INVALID;
      }
      value = 10 * value + digit;
    }
    return value <= MessageCodec.MAX_NUMBER ? value : INVALID;
  }

  /** As {@link #number}, but at most {@code max}. */
  static int number(JsonElement json, int max) {
    long number = number(json);
    return number > max ? (int) INVALID : (int) number;
  }

  static @Nullable Boolean flag(@Nullable JsonElement json) {
    return json instanceof JsonPrimitive primitive && primitive.isBoolean()
        ? primitive.getAsBoolean()
        : null;
  }

  static @Nullable String text(@Nullable JsonElement json) {
    return json instanceof JsonPrimitive primitive && primitive.isString()
        ? primitive.getAsString()
        : null;
  }

  /** A replica's ID, or null. */
  static @Nullable Id id(@Nullable JsonElement json) {
    String text = text(json);
    if (text == null) {
      return null;
    }
    try {
      Id id = Id.parse(text);
      return id.isBroadcast() ? null : id;
    } catch (IllegalArgumentException notAnId) {
      return null;
    }
  }
}
