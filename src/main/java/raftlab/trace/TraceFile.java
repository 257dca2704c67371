package raftlab.trace;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonWriter;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import raftlab.wire.RecordJson;

/**
 * Reads and writes a trace as JSON lines: first the header, then one event a line. A file whose
 * name ends in {@code .gz} is compressed; readers recognize compressed files by their content.
 */
public final class TraceFile {
  /** The version of the format; a reader rejects any other. */
  private static final int FORMAT = 3;

  private static final String TAG = "raftlab-trace";

  private static final int BUFFER_BYTES = 1 << 15;

  private TraceFile() {}

  /** Writes the whole trace atomically: the file is complete or doesn't exist. */
  public static void write(Trace trace, Path file) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    Files.createDirectories(parent);
    Path half = Files.createTempFile(parent, file.getFileName().toString(), ".part");
    try {
      try (OutputStream out = Files.newOutputStream(half)) {
        write(trace, out, isCompressedName(file));
      }
      Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(half);
    }
  }

  /** Writes the whole trace to a stream, and flushes it. */
  public static void write(Trace trace, OutputStream stream, boolean compressed)
      throws IOException {
    GZIPOutputStream zip = compressed ? new GZIPOutputStream(stream, BUFFER_BYTES) : null;
    OutputStream bytes = zip == null ? stream : zip;
    Writer out =
        new SurrogateSafeWriter(
            new BufferedWriter(
                new OutputStreamWriter(bytes, StandardCharsets.UTF_8), BUFFER_BYTES));
    JsonWriter header = new JsonWriter(out);
    header.beginObject().name(TAG).value(FORMAT);
    RecordJson.writeComponents(trace.header(), header);
    header.endObject();
    for (Event event : trace.events()) {
      EventJson.write(event, new JsonWriter(out.append('\n')));
    }
    out.append('\n');
    out.flush();
    if (zip != null) {
      zip.finish();
    }
  }

  private static boolean isCompressedName(Path file) {
    return file.getFileName().toString().endsWith(".gz");
  }

  /** Whether a file begins like a trace, of any version, compressed or not. */
  public static boolean isTrace(Path file) throws IOException {
    byte[] begin = new byte[TAG.length() + 2];
    try (InputStream in = open(file)) {
      int read = in.readNBytes(begin, 0, begin.length);
      return new String(begin, 0, read, StandardCharsets.UTF_8).equals("{\"" + TAG);
    } catch (ZipException | EOFException damaged) {
      return false;
    }
  }

  /** Opens the text of a trace, compressed or not. */
  public static BufferedReader reader(Path file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(open(file), StandardCharsets.UTF_8.newDecoder()), BUFFER_BYTES);
  }

  private static InputStream open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
    try {
      in.mark(2);
      boolean compressed = in.read() == 0x1f && in.read() == 0x8b;
      in.reset();
      return compressed ? new GZIPInputStream(in, BUFFER_BYTES) : in;
    } catch (IOException unreadable) {
      in.close();
      throw unreadable;
    }
  }

  /**
   * Reads a trace.
   *
   * @throws IOException if the file can't be read or isn't a trace; the message names file and line
   */
  public static Trace read(Path file) throws IOException {
    int line = 1;
    try (BufferedReader in = reader(file)) {
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
    } catch (ZipException | EOFException damaged) {
      throw new IOException(
          file + ":" + line + ": the compressed file is damaged: " + damaged.getMessage(), damaged);
    } catch (RuntimeException notATrace) {
      throw new IOException(file + ":" + line + ": " + notATrace.getMessage(), notATrace);
    }
  }

  private static JsonObject parseObject(String line) {
    return JsonParser.parseString(line).getAsJsonObject();
  }
}
