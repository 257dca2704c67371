package raftlab.cluster.process;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import raftlab.node.StateChange;
import raftlab.wire.Printable;
import raftlab.wire.RecordJson;

/**
 * The file in which one life of a replica reports its changes of state, read as it grows. However
 * much a replica writes, and whatever, this takes a bounded time and room.
 */
final class ReportFile implements AutoCloseable {
  /** No more than this is read in one go, so that a flood holds up nobody for long. */
  private static final int MOST_AT_ONCE = 1 << 18;

  private static final int MOST_IN_A_LINE = 1 << 18;

  private final FileChannel file;
  private final long mostBytes;
  private final Consumer<StateChange> changes;
  private final Consumer<String> complaints;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long bytes;
  private long lines;
  private boolean hasComplained;

  /**
   * Opens the file, which must be there.
   *
   * @param mostBytes no more than this is ever read of it
   * @param changes gets all changes, in order
   * @param complaints gets one line the first time that a line is no change, and one if the file is
   *     longer than the bound
   */
  ReportFile(Path path, long mostBytes, Consumer<StateChange> changes, Consumer<String> complaints)
      throws IOException {
    this.file = FileChannel.open(path);
    this.mostBytes = mostBytes;
    this.changes = changes;
    this.complaints = complaints;
  }

  /**
   * Reads what has been written since the last time; returns whether there was anything.
   *
   * @param buffer one with an array, used only meanwhile
   */
  boolean read(ByteBuffer buffer) {
    long before = bytes;
    while (bytes < mostBytes && bytes - before < MOST_AT_ONCE) {
      buffer.clear();
      if (fill(buffer) <= 0) {
        break;
      }
      boolean isAll = buffer.hasRemaining();
      bytes += buffer.flip().remaining();
      take(buffer);
      if (isAll) {
        break;
      }
    }
    if (bytes >= mostBytes && before < mostBytes) {
      complaints.accept("more than " + mostBytes + " bytes; no more of it is read");
    }
    return bytes > before;
  }

  private int fill(ByteBuffer buffer) {
    try {
      return file.read(buffer, bytes);
    } catch (IOException gone) {
      return -1;
    }
  }

  private void take(ByteBuffer buffer) {
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

  /** Of a line that is too long, one byte more than allowed is kept to tell. */
  private void add(byte[] array, int from, int length) {
    line.write(array, from, Math.min(length, MOST_IN_A_LINE + 1 - line.size()));
  }

  private void endLine() {
    lines++;
    try {
      if (line.size() > MOST_IN_A_LINE) {
        throw new JsonParseException("longer than " + MOST_IN_A_LINE + " bytes");
      }
      changes.accept(change(line.toString(StandardCharsets.UTF_8)));
    } catch (JsonParseException notAChange) {
      if (!hasComplained) {
        hasComplained = true;
        String why = Printable.of(notAChange.getMessage(), 200);
        complaints.accept("line " + lines + " is not a state change: " + why);
      }
    } finally {
      line.reset();
    }
  }

  private static StateChange change(String text) {
    JsonElement json = JsonParser.parseString(text);
    if (!json.isJsonObject()) {
      throw new JsonParseException("found " + Printable.of(text, 80) + ", expected a JSON object");
    }
    return RecordJson.readOneOf(StateChange.class, "change", json.getAsJsonObject());
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
