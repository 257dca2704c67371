package raftlab.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.random.RandomGenerator;

/**
 * What a crash in the middle of a write leaves in the directory of a {@link FileStorage}: a record
 * that is there in part. The operating system of a process that is killed never leaves that; only a
 * machine that stops does.
 */
public final class TornWrite {
  private TornWrite() {}

  /**
   * Adds the beginning of one more record to the journal of a directory that nobody uses.
   *
   * @return what was done, in words; "" if there is no journal
   * @throws StorageException if the journal is damaged
   */
  public static String leaveIn(Path directory, RandomGenerator random) throws IOException {
    Path file = directory.resolve(FileStorage.JOURNAL);
    if (Files.notExists(file)) {
      return "";
    }
    try (FileChannel journal =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long end = JournalFileReader.read(file, journal).end();
      if (end == 0) {
        return "";
      }
      byte[] part = JournalImage.torn(end, JournalImage.madeUp(random), random);
      journal.truncate(end);
      ByteBuffer bytes = ByteBuffer.wrap(part);
      while (bytes.hasRemaining()) {
        journal.write(bytes, end + bytes.position());
      }
      return part.length + " bytes of a half-written record behind byte " + end + " of its journal";
    }
  }
}
