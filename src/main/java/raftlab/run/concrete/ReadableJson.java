package raftlab.run.concrete;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;

/**
 * Formats JSON for readers: lists of objects have one object a line, everything else is compact.
 */
public final class ReadableJson {
  private final StringBuilder out = new StringBuilder();

  private ReadableJson() {}

  /** Formats a whole file, with one line for each key. */
  public static String of(JsonObject file) {
    ReadableJson lines = new ReadableJson();
    lines.members(file, "");
    return lines.out.append('\n').toString();
  }

  private void members(JsonObject object, String indent) {
    String deeper = indent + "  ";
    String before = "{\n";
    for (Map.Entry<String, JsonElement> member : object.entrySet()) {
      out.append(before).append(deeper);
      name(member.getKey());
      value(member.getValue(), deeper);
      before = ",\n";
    }
    out.append('\n').append(indent).append('}');
  }

  private void name(String key) {
    out.append('"').append(key).append("\": ");
  }

  private void value(JsonElement value, String indent) {
    if (value instanceof JsonArray array && !array.isEmpty() && array.get(0).isJsonObject()) {
      String before = "[\n";
      for (JsonElement element : array) {
        out.append(before).append(indent).append("  ");
        element(element, indent + "  ");
        before = ",\n";
      }
      out.append('\n').append(indent).append(']');
    } else {
      inline(value);
    }
  }

  private void element(JsonElement element, String indent) {
    if (element instanceof JsonObject object && object.has("steps")) {
      members(object, indent);
    } else {
      inline(element);
    }
  }

  private void inline(JsonElement value) {
    if (value instanceof JsonObject object) {
      String before = "{";
      for (Map.Entry<String, JsonElement> member : object.entrySet()) {
        out.append(before);
        name(member.getKey());
        inline(member.getValue());
        before = ", ";
      }
      out.append(object.isEmpty() ? "{}" : "}");
    } else if (value instanceof JsonArray array) {
      String before = "[";
      for (JsonElement element : array) {
        out.append(before);
        inline(element);
        before = ", ";
      }
      out.append(array.isEmpty() ? "[]" : "]");
    } else {
      out.append(value);
    }
  }
}
