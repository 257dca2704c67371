package raftlab.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A journal in its own directory. It recovers all synced records or refuses to open; it never
 * returns anything that was not appended. {@link JournalFormat} describes the file.
 *
 * <p>{@link #append} buffers records; {@link #sync} writes them. {@link #replace} is durable when
 * it returns. After a failed write all further calls fail, since the content of the disk is unknown
 * until the journal is opened again.
 */
public final class FileStorage implements DurableStorage {
  static final String JOURNAL = "journal";
  private static final String NEW_JOURNAL = "journal.new";
  private static final String LOCK = "lock";

  private final Path directory;
  private final Path file;
  private final JournalFileWriter writer = new JournalFileWriter();
  private final List<byte[]> pending = new ArrayList<>();
  private final FileChannel lock;

  /** Null until the journal is open. */
  private @Nullable FileChannel channel;

  private long endOffset;

  /**
   * The records that were read when the journal was opened; null after the node has loaded them.
   */
  private @Nullable List<byte[]> unreadRecords;

  /** Null until something fails. */
  private @Nullable StorageException firstFailure;

  /**
   * Opens the journal of this directory; creates both if they don't exist.
   *
   * @throws StorageException if the journal is damaged, another replica uses the directory, or the
   *     operating system refuses access
   */
  public FileStorage(Path directory) {
    this.directory = directory;
    this.file = directory.resolve(JOURNAL);
    try {
      makeDirectory(directory.toAbsolutePath());
      this.lock = lock(directory.resolve(LOCK));
    } catch (IOException cantUse) {
      throw StorageException.of(directory, "used", cantUse);
    }
    try {
      open();
    } catch (IOException cantOpen) {
      close();
      throw StorageException.of(file, "opened", cantOpen);
    } catch (StorageException damaged) {
      close();
      throw damaged;
    }
  }

  private static void makeDirectory(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    if (Files.exists(directory)) {
      throw new IOException("found a file, expected a directory");
    }
    Path parent = Objects.requireNonNull(directory.getParent(), "the root exists");
    makeDirectory(parent);
    Files.createDirectory(directory);
    force(parent);
  }

  private static FileChannel lock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException usedInThisProcess) {
      // Reported below.
    }
    channel.close();
    throw new IOException("another replica uses this directory, expected one for each replica");
  }

  private void open() throws IOException {
    // A crash during a replacement left this file; the replacement didn't take effect.
    Files.deleteIfExists(directory.resolve(NEW_JOURNAL));
    if (Files.notExists(file)) {
      rewriteFile(List.of());
      unreadRecords = List.of();
      return;
    }
    FileChannel found = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    channel = found;
    JournalFileReader.Content content = JournalFileReader.read(file, found);
    if (content.endOffset() == 0) {
      rewriteFile(List.of());
    } else {
      endOffset = content.endOffset();
      found.truncate(endOffset);
      // Records that were written but not synced before a crash have been read, too: make them
      // durable, since the node relies on them from now on.
      found.force(true);
    }
    unreadRecords = content.records();
  }

  @Override
  public List<byte[]> load() {
    requireUsable();
    List<byte[]> records = new ArrayList<>(unreadRecords == null ? readAgain() : unreadRecords);
    unreadRecords = null;
    records.addAll(pending);
    return records;
  }

  private List<byte[]> readAgain() {
    try {
      return JournalFileReader.read(file, openChannel()).records();
    } catch (IOException cantRead) {
      throw storageException("read", cantRead);
    }
  }

  /**
   * {@inheritDoc}
   *
   * @param record at most 256 MiB
   */
  @Override
  public void append(byte[] record) {
    requireUsable();
    requireLength(record);
    pending.add(record);
  }

  @Override
  public void sync() {
    requireUsable();
    if (pending.isEmpty()) {
      return;
    }
    try {
      unreadRecords = null;
      endOffset = writer.append(openChannel(), endOffset, pending);
      openChannel().force(false);
      pending.clear();
    } catch (IOException cantWrite) {
      throw storageException("written", cantWrite);
    }
  }

  @Override
  public void replace(List<byte[]> records) {
    requireUsable();
    records.forEach(FileStorage::requireLength);
    try {
      rewriteFile(records);
      unreadRecords = null;
      pending.clear();
    } catch (IOException cantWrite) {
      throw storageException("replaced", cantWrite);
    }
  }

  /** Replaces the file by a new one atomically: at any moment one complete file exists. */
  private void rewriteFile(List<byte[]> records) throws IOException {
    Path part = directory.resolve(NEW_JOURNAL);
    FileChannel next =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    try {
      long nextEnd = writer.append(next, writer.begin(next), records);
      next.force(true);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      force(directory);
      if (channel != null) {
        channel.close();
      }
      channel = next;
      endOffset = nextEnd;
    } finally {
      if (channel != next) {
        next.close();
      }
    }
  }

  private static void force(Path directory) throws IOException {
    try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  private static void requireLength(byte[] record) {
    if (record.length > JournalFormat.MAX_RECORD_BYTES) {
      throw new IllegalArgumentException(
          "a record has "
              + record.length
              + " bytes, expected at most "
              + JournalFormat.MAX_RECORD_BYTES);
    }
  }

  private FileChannel openChannel() {
    return Objects.requireNonNull(channel, "the constructor opens it or throws");
  }

  private void requireUsable() {
    if (firstFailure != null) {
      throw new StorageException(firstFailure.getMessage(), firstFailure);
    }
  }

  private StorageException storageException(String what, IOException why) {
    StorageException failure = StorageException.of(file, what, why);
    firstFailure = failure;
    return failure;
  }

  @Override
  public void close() {
    try {
      if (channel != null) {
        channel.close();
      }
      lock.close();
    } catch (IOException nothingIsLostWithIt) {
      return;
    }
  }
}
