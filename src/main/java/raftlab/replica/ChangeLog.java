package raftlab.replica;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import raftlab.node.StateChange;
import raftlab.wire.RecordJson;

/**
 * Tells whoever watches what changed: a line of JSON a change, appended to a file that the watcher
 * reads as it grows.
 */
final class ChangeLog implements AutoCloseable {
  private final Path path;
  private final FileChannel file;
  private final ByteArrayOutputStream lines = new ByteArrayOutputStream();

  ChangeLog(Path path) throws IOException {
    this.path = path;
    try {
      file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException cantOpen) {
      throw new IOException(path + ": can't be opened to report changes: " + cantOpen, cantOpen);
    }
  }

  void add(StateChange change) {
    lines.writeBytes(
        RecordJson.write("change", (Record) change).toString().getBytes(StandardCharsets.UTF_8));
    lines.write('\n');
  }

  /** Writes what was added since the last time, all lines at once. */
  void write() throws IOException {
    if (lines.size() == 0) {
      return;
    }
    ByteBuffer bytes = ByteBuffer.wrap(lines.toByteArray());
    lines.reset();
    try {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    } catch (IOException cantWrite) {
      throw new IOException(path + ": changes can't be reported: " + cantWrite, cantWrite);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
