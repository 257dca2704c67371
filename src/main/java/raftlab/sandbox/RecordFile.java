package raftlab.sandbox;

import com.google.gson.JsonParser;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import raftlab.wire.RecordJson;

/** Files with one record each, which the kit and its workers exchange. */
final class RecordFile {
  private RecordFile() {}

  static void write(Record record, Path file) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.beginObject();
      RecordJson.writeComponents(record, json);
      json.endObject();
    }
    Files.writeString(file, text.toString());
  }

  /**
   * Reads a record.
   *
   * @throws IOException if the file can't be read or doesn't hold one
   */
  static <T extends Record> T read(Class<T> type, Path file) throws IOException {
    try {
      return RecordJson.read(
          type, JsonParser.parseString(Files.readString(file)).getAsJsonObject());
    } catch (RuntimeException notOne) {
      throw new IOException(file + ": " + notOne.getMessage(), notOne);
    }
  }
}
