package raftlab.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.random.RandomGenerator;

/**
 * Imitates a crash of the machine during a write to a {@link FileStorage}: leaves a part of a
 * record in its directory. Killing a process never causes this; only a stopped machine does.
 */
public final class TornWrite {
  private TornWrite() {}

  /**
   * Appends a part of one more record to the journal of a directory that no replica uses.
   *
   * @return a description of the change; "" if there is no journal
   * @throws StorageException if the journal is damaged
   */
  public static String appendTo(Path directory, RandomGenerator random) throws IOException {
    Path file = directory.resolve(FileStorage.JOURNAL);
    if (Files.notExists(file)) {
      return "";
    }
    try (FileChannel journal =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long end = JournalFileReader.read(file, journal).endOffset();
      if (end == 0) {
        return "";
      }
      byte[] part = JournalImage.torn(end, JournalImage.tornUnknownRecord(random), random);
      journal.truncate(end);
      ByteBuffer bytes = ByteBuffer.wrap(part);
      while (bytes.hasRemaining()) {
        journal.write(bytes, end + bytes.position());
      }
      return part.length + " bytes of a half-written record behind byte " + end + " of its journal";
    }
  }
}
