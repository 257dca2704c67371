package raftlab.cluster.process;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import raftlab.node.StateChange;
import raftlab.trace.Event;
import raftlab.wire.PrintableText;
import raftlab.wire.RecordJson;

/**
 * The file in which a replica reports its changes of state, from one start to its end. It is read
 * as it grows, with bounded time and memory for any content.
 */
final class StateReportFile implements AutoCloseable {
  /** The most bytes that are read at once, so that a flood doesn't delay the kit. */
  private static final int MAX_AT_ONCE = 1 << 18;

  private static final int MAX_IN_A_LINE = 1 << 18;

  /** The most bytes that stay on disk beyond the bound. */
  private static final long MAX_UNREAD_BYTES = 1 << 20;

  /** Receives the changes. */
  interface ChangeListener {
    /**
     * A replica reports a change.
     *
     * @param afterSent how many datagrams it had sent before; 0 if the report doesn't say
     */
    void changed(StateChange change, long afterSent);
  }

  /** Receives complaints about invalid reports. */
  interface ComplaintListener {
    /** See {@link raftlab.trace.Event.PassedOver}. */
    void passedOver(String what, long count);
  }

  private final FileChannel file;
  private final long mostBytes;
  private final ChangeListener changes;
  private final ComplaintListener complaints;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long bytes;
  private long lines;
  private long invalidLines;
  private String firstComplaint = "";

  /**
   * Opens the file, which must exist.
   *
   * @param mostBytes the most bytes that are read of it
   * @param changes gets all changes, in order
   * @param complaints is called for lines that are no changes, and if the file is longer than the
   *     bound
   */
  StateReportFile(Path path, long mostBytes, ChangeListener changes, ComplaintListener complaints)
      throws IOException {
    this.file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    this.mostBytes = mostBytes;
    this.changes = changes;
    this.complaints = complaints;
  }

  /**
   * Reads what was written since the last call; returns whether there was anything.
   *
   * @param buffer a buffer with an array, used only during the call
   */
  boolean read(ByteBuffer buffer) {
    long before = bytes;
    while (bytes < mostBytes && bytes - before < MAX_AT_ONCE) {
      buffer.clear();
      if (readInto(buffer) <= 0) {
        break;
      }
      boolean isAll = buffer.hasRemaining();
      bytes += buffer.flip().remaining();
      consume(buffer);
      if (isAll) {
        break;
      }
    }
    if (bytes >= mostBytes && before < mostBytes) {
      complaints.passedOver(
          "more than " + mostBytes + " bytes in RAFTLAB_TRACE, of which no more is read", 1);
    }
    if (bytes >= mostBytes) {
      freeDiskSpace();
    }
    return bytes > before;
  }

  /** Truncates what isn't read any more, so that it doesn't fill the disk. */
  private void freeDiskSpace() {
    try {
      if (file.size() > mostBytes + MAX_UNREAD_BYTES) {
        file.truncate(mostBytes);
      }
    } catch (IOException stays) {
      return;
    }
  }

  private int readInto(ByteBuffer buffer) {
    try {
      return file.read(buffer, bytes);
    } catch (IOException e) {
      return -1;
    }
  }

  private void consume(ByteBuffer buffer) {
    int from = buffer.position();
    for (int i = from; i < buffer.limit(); i++) {
      if (buffer.get(i) == '\n') {
        add(buffer.array(), from, i - from);
        endLine();
        from = i + 1;
      }
    }
    add(buffer.array(), from, buffer.limit() - from);
  }

  /**
   * Adds part of a line. Of a line that is too long it keeps one byte more than allowed, to detect
   * that.
   */
  private void add(byte[] array, int from, int length) {
    line.write(array, from, Math.min(length, MAX_IN_A_LINE + 1 - line.size()));
  }

  private void endLine() {
    lines++;
    try {
      if (line.size() > MAX_IN_A_LINE) {
        throw new JsonParseException("longer than " + MAX_IN_A_LINE + " bytes");
      }
      consume(line.toString(StandardCharsets.UTF_8));
    } catch (JsonParseException notAChange) {
      complain(notAChange.getMessage());
    } finally {
      line.reset();
    }
  }

  private void complain(@Nullable String why) {
    if (invalidLines++ == 0) {
      firstComplaint =
          "a line of RAFTLAB_TRACE that is not a state change, the first in line "
              + lines
              + ": "
              + PrintableText.of(why == null ? "unreadable" : why, 200);
    }
    if (Event.PassedOver.isReported(invalidLines)) {
      complaints.passedOver(firstComplaint, invalidLines);
    }
  }

  private void consume(String text) {
    JsonElement json = JsonParser.parseString(text);
    if (!json.isJsonObject()) {
      String found = text.isBlank() ? "an empty line" : PrintableText.of(text, 80);
      throw new JsonParseException("found " + found + ", expected a JSON object");
    }
    JsonObject report = json.getAsJsonObject();
    changes.changed(RecordJson.readOneOf(StateChange.class, "change", report), afterSent(report));
  }

  /** Returns the number of datagrams; 0 unless the report has a whole number. */
  private static long afterSent(JsonObject report) {
    JsonElement sent = report.get(StateChange.SENT_FIELD);
    boolean isNumber =
        sent != null && sent.isJsonPrimitive() && sent.getAsJsonPrimitive().isNumber();
    try {
      return isNumber ? Long.parseLong(sent.getAsString()) : 0;
    } catch (NumberFormatException odd) {
      return 0;
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException closedAnyway) {
      return;
    }
  }
}
