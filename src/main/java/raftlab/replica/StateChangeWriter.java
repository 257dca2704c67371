package raftlab.replica;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import raftlab.node.StateChange;
import raftlab.storage.StorageException;
import raftlab.wire.RecordJson;

/** Writes state changes to a file, one line of JSON each. The kit reads the file as it grows. */
final class StateChangeWriter implements AutoCloseable {
  private final Path path;
  private final FileChannel file;
  private final StringWriter lines = new StringWriter();

  /**
   * Opens the file, or creates it.
   *
   * @throws StorageException if the file can't be opened
   */
  StateChangeWriter(Path path) {
    this.path = path;
    try {
      file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException cantOpen) {
      throw StorageException.of(path, "opened to report changes", cantOpen);
    }
  }

  /**
   * Buffers a change.
   *
   * @param afterSent how many datagrams were sent before it
   */
  void add(StateChange change, long afterSent) {
    try {
      JsonWriter line = new JsonWriter(lines).beginObject();
      line.name("change").value(change.getClass().getSimpleName());
      RecordJson.writeComponents((Record) change, line);
      line.name(StateChange.SENT_FIELD).value(afterSent).endObject();
      lines.append('\n');
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible); // it is written to memory
    }
  }

  /**
   * Writes all buffered changes at once.
   *
   * @throws StorageException if the file can't be written
   */
  void write() {
    if (lines.getBuffer().length() == 0) {
      return;
    }
    ByteBuffer bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8));
    lines.getBuffer().setLength(0);
    try {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    } catch (IOException cantWrite) {
      throw StorageException.of(path, "written to report changes", cantWrite);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
