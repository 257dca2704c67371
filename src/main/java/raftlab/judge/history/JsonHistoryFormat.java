package raftlab.judge.history;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import org.jspecify.annotations.Nullable;
import raftlab.judge.linear.HistoryOperation.OperationKind;
import raftlab.wire.PrintableText;

/**
 * Parses JSON lines such as {@code {"process": 0, "type": "invoke", "f": "put", "key": "k",
 * "value": "x"}}, in order of time. The value of a cas is {@code [EXPECTED, NEW]}; a failed cas may
 * have the value that it found in {@code "found"}.
 */
final class JsonHistoryFormat implements HistoryFormat {
  @Override
  public InitialState model() {
    return InitialState.KV;
  }

  @Override
  public void read(String text, int number, OperationAssembler processes) throws HistoryException {
    JsonObject line = object(text);
    OperationKind kind = HistoryVocabulary.kind(scalar(line.get("f"), "f"));
    OperationAssembler.LogLineType type = HistoryVocabulary.type(scalar(line.get("type"), "type"));
    JsonElement value = line.get("value");
    String expect = null;
    if (kind == OperationKind.CAS && value instanceof JsonArray pair && pair.size() == 2) {
      expect = scalar(pair.get(0), "value");
      value = pair.get(1);
    }
    String written = scalar(value, "value");
    if (type == OperationAssembler.LogLineType.INVOKE
        && (kind != OperationKind.GET && written == null
            || kind == OperationKind.CAS && value == line.get("value"))) {
      throw HistoryException.expected(
          kind == OperationKind.CAS ? "\"value\": [EXPECTED, NEW]" : "a \"value\" to write",
          value == null ? "none" : PrintableText.of(value.toString(), 40));
    }
    OperationAssembler.LogLine event =
        new OperationAssembler.LogLine(
            number,
            number,
            needed(line, "process"),
            type,
            kind,
            needed(line, "key"),
            written,
            expect);
    if (kind == OperationKind.CAS
        && type == OperationAssembler.LogLineType.FAIL
        && line.has("found")) {
      processes.addMismatch(event, scalar(line.get("found"), "found"));
    } else {
      processes.add(event);
    }
  }

  private static JsonObject object(String text) throws HistoryException {
    try {
      if (JsonParser.parseString(text) instanceof JsonObject object) {
        return object;
      }
    } catch (JsonParseException notJson) {
      // Reported below, like any other line that is no object.
    }
    throw HistoryException.expected(
        "a JSON object such as {\"process\": 0, \"type\": \"invoke\", \"f\": \"get\", \"key\": \"k\"}",
        "\"" + PrintableText.of(text, 40) + "\"");
  }

  private static String needed(JsonObject line, String name) throws HistoryException {
    String text = scalar(line.get(name), name);
    if (text == null) {
      throw HistoryException.expected("a value for \"" + name + "\"", "none");
    }
    return text;
  }

  private static @Nullable String scalar(@Nullable JsonElement value, String name)
      throws HistoryException {
    if (value == null || value.isJsonNull()) {
      return null;
    }
    if (!value.isJsonPrimitive()) {
      throw HistoryException.expected(
          "a single value for \"" + name + "\"", PrintableText.of(value.toString(), 40));
    }
    return value.getAsString();
  }
}
