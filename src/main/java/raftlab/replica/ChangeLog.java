package raftlab.replica;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import raftlab.node.StateChange;
import raftlab.storage.StorageException;
import raftlab.wire.RecordJson;

/**
 * Tells whoever watches what changed: a line of JSON a change, appended to a file that the watcher
 * reads as it grows.
 */
final class ChangeLog implements AutoCloseable {
  private final Path path;
  private final FileChannel file;
  private final ByteArrayOutputStream lines = new ByteArrayOutputStream();

  /**
   * Opens the file, or makes it.
   *
   * @throws StorageException if that can't be done
   */
  ChangeLog(Path path) {
    this.path = path;
    try {
      file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException cantOpen) {
      throw StorageException.of(path, "opened to report changes", cantOpen);
    }
  }

  void add(StateChange change) {
    lines.writeBytes(
        RecordJson.write("change", (Record) change).toString().getBytes(StandardCharsets.UTF_8));
    lines.write('\n');
  }

  /**
   * Writes what was added since the last time, all lines at once.
   *
   * @throws StorageException if that can't be done
   */
  void write() {
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
      throw StorageException.of(path, "written to report changes", cantWrite);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
