package raftlab.grade.store;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import raftlab.wire.RecordJson;

/** Reads and writes the records of the results folder as JSON. */
final class StoreJson {
  private static final String FORMAT = "format";

  private StoreJson() {}

  /** Writes a record, readable for people. */
  static void write(Record record, OutputStream out) throws IOException {
    StringWriter text = new StringWriter();
    JsonWriter json = new JsonWriter(text);
    json.setIndent("  ");
    json.beginObject();
    RecordJson.writeComponents(record, json);
    json.endObject();
    // Not by a writer: an unpaired surrogate, which a replica may print, would be refused.
    out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads a record of this format.
   *
   * @throws IOException if the file can't be read or isn't such a record; the message names it
   */
  static <T> T read(Class<T> type, int format, Path file) throws IOException {
    try {
      JsonElement json = JsonParser.parseString(Files.readString(file));
      JsonObject object = json.isJsonObject() ? json.getAsJsonObject() : new JsonObject();
      JsonElement found = object.get(FORMAT);
      if (found == null) {
        throw new JsonParseException("found no \"format\", expected format " + format);
      } else if (found.getAsInt() != format) {
        throw new JsonParseException(
            "found format "
                + found.getAsInt()
                + ", expected format "
                + format
                + ": another version of raftlab wrote it");
      }
      return RecordJson.read(type, object);
    } catch (RuntimeException damaged) {
      throw new IOException(file + ": " + damaged.getMessage(), damaged);
    }
  }
}
