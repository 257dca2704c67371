package raftlab.trace;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import raftlab.wire.RecordJson;

/** Reads and writes a trace as JSON lines: first the header, then one event a line. */
public final class TraceFile {
  /** The version of the format; a reader rejects any other. */
  private static final int FORMAT = 3;

  private static final String TAG = "raftlab-trace";

  private TraceFile() {}

  /** Writes the whole trace atomically: the file is complete or doesn't exist. */
  public static void write(Trace trace, Path file) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    Files.createDirectories(parent);
    Path half = Files.createTempFile(parent, file.getFileName().toString(), ".part");
    try {
      try (Writer out = new SurrogateSafeWriter(Files.newBufferedWriter(half))) {
        JsonWriter header = new JsonWriter(out);
        header.beginObject().name(TAG).value(FORMAT);
        RecordJson.writeComponents(trace.header(), header);
        header.endObject();
        for (Event event : trace.events()) {
          EventJson.write(event, new JsonWriter(out.append('\n')));
        }
        out.append('\n');
      }
      Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(half);
    }
  }

  /** Whether a file begins like a trace, of any version. */
  public static boolean isTrace(Path file) throws IOException {
    byte[] begin = new byte[TAG.length() + 2];
    try (InputStream in = Files.newInputStream(file)) {
      int read = in.readNBytes(begin, 0, begin.length);
      return new String(begin, 0, read, StandardCharsets.UTF_8).equals("{\"" + TAG);
    }
  }

  /**
   * Reads a trace.
   *
   * @throws IOException if the file can't be read or isn't a trace; the message names file and line
   */
  public static Trace read(Path file) throws IOException {
    int line = 1;
    try (BufferedReader in = Files.newBufferedReader(file)) {
      String first = in.readLine();
      JsonObject header = first == null ? new JsonObject() : parseObject(first);
      if (!header.has(TAG)) {
        throw new JsonParseException("expected the header of a raftlab trace of format " + FORMAT);
      }
      if (header.get(TAG).getAsInt() != FORMAT) {
        throw new JsonParseException(
            "found a trace of format "
                + header.get(TAG).getAsInt()
                + ", expected format "
                + FORMAT
                + ": another version of raftlab wrote it; run the scenario again to get a new one");
      }
      Trace trace = new Trace(RecordJson.read(TraceHeader.class, header));
      for (String text = in.readLine(); text != null; text = in.readLine()) {
        line++;
        trace.add(EventJson.read(parseObject(text)));
      }
      return trace;
    } catch (RuntimeException notATrace) {
      throw new IOException(file + ":" + line + ": " + notATrace.getMessage(), notATrace);
    }
  }

  private static JsonObject parseObject(String line) {
    return JsonParser.parseString(line).getAsJsonObject();
  }
}
