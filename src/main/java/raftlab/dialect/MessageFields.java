package raftlab.dialect;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import raftlab.wire.Message;

/**
 * The fields of a message, flat: a path such as {@code body.term} or {@code p[2]} and its value. A
 * list of objects, or of lists, is one value: it may hold log entries. Numbers and booleans may be
 * written as text.
 */
public final class MessageFields {
  private static final int MAX_DEPTH = 4;
  private static final int MAX_POSITIONAL = 16;
  private static final int MAX_FIELDS = 64;

  private MessageFields() {}

  /** The fields of a message besides src, dst, leader, type and MID. */
  static Map<String, JsonElement> of(Message message) {
    return of(message.fields());
  }

  /** All numbers in the fields of a message, lists of entries left out. */
  public static LongStream numbers(Message message) {
    return of(message).values().stream()
        .map(MessageFields::number)
        .filter(OptionalLong::isPresent)
        .mapToLong(OptionalLong::getAsLong);
  }

  /** The values within an object or a list. */
  static Map<String, JsonElement> of(JsonElement json) {
    Map<String, JsonElement> fields = new LinkedHashMap<>();
    collect("", json, fields, 0);
    return fields;
  }

  private static void collect(
      String path, JsonElement json, Map<String, JsonElement> fields, int depth) {
    if (fields.size() >= MAX_FIELDS || json.isJsonNull()) {
      return;
    }
    if (json instanceof JsonObject object && depth < MAX_DEPTH) {
      for (Map.Entry<String, JsonElement> field : object.entrySet()) {
        String name = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
        collect(name, field.getValue(), fields, depth + 1);
      }
    } else if (json instanceof JsonArray array && !isList(array, depth) && depth < MAX_DEPTH) {
      for (int i = 0; i < array.size(); i++) {
        collect(path + "[" + i + "]", array.get(i), fields, depth + 1);
      }
    } else {
      JsonElement inner = depth < MAX_DEPTH ? embedded(json) : null;
      if (inner == null) {
        fields.put(path, json);
      } else {
        collect(path, inner, fields, depth + 1);
      }
    }
  }

  /** Whether it is a list of entries, not a tuple of fields. */
  private static boolean isList(JsonArray array, int depth) {
    if (array.isEmpty() || array.size() > MAX_POSITIONAL) {
      return true;
    }
    boolean objects = true;
    boolean lists = true;
    for (JsonElement each : array) {
      objects &= each.isJsonObject();
      lists &= each.isJsonArray();
    }
    return depth > 0 && (objects || lists);
  }

  /** An object that is written as text. */
  private static @Nullable JsonElement embedded(JsonElement json) {
    if (json instanceof JsonPrimitive text && text.isString()) {
      String content = text.getAsString();
      if (content.length() > 2
          && content.charAt(0) == '{'
          && content.charAt(content.length() - 1) == '}') {
        try {
          return JsonParser.parseString(content);
        } catch (JsonParseException notJson) {
          return null;
        }
      }
    }
    return null;
  }

  /** A whole number, also one that is written as text. */
  static OptionalLong number(@Nullable JsonElement json) {
    if (!(json instanceof JsonPrimitive primitive) || primitive.isBoolean()) {
      return OptionalLong.empty();
    }
    try {
      if (primitive.isString()) {
        String text = primitive.getAsString();
        return text.length() > 15 || text.isEmpty() || text.length() == 4 && text.charAt(0) == '0'
            ? OptionalLong.empty() // an ID, or no number
            : OptionalLong.of(Long.parseLong(text));
      }
      double value = primitive.getAsDouble();
      return Math.abs(value) < 1L << 53 && value == Math.rint(value)
          ? OptionalLong.of((long) value)
          : OptionalLong.empty();
    } catch (NumberFormatException notOne) {
      return OptionalLong.empty();
    }
  }

  /** A truth value, also one that is written as text. */
  static @Nullable Boolean flag(@Nullable JsonElement json) {
    if (!(json instanceof JsonPrimitive primitive)) {
      return null;
    }
    if (primitive.isBoolean()) {
      return primitive.getAsBoolean();
    }
    if (primitive.isString()) {
      return switch (primitive.getAsString().toLowerCase(Locale.ROOT)) {
        case "true", "yes", "y", "ok", "granted", "success" -> true;
        case "false", "no", "n", "fail", "denied", "rejected" -> false;
        default -> null;
      };
    }
    return null;
  }
}
