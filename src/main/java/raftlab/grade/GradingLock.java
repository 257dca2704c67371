package raftlab.grade;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps two graders from writing to the same results folder. The system frees it if one is killed.
 */
public final class GradingLock implements AutoCloseable {
  private static final String NAME = ".lock";

  private final FileChannel channel;

  private GradingLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Locks a results folder, which is created if needed.
   *
   * @throws IOException if another grader has locked it
   */
  public static GradingLock of(Path folder) throws IOException {
    Files.createDirectories(folder);
    FileChannel channel =
        FileChannel.open(folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (isTaken(channel)) {
      channel.close();
      throw new IOException(
          "found another grader at work in " + folder + ", expected a folder for this one alone");
    }
    return new GradingLock(channel);
  }

  private static boolean isTaken(FileChannel channel) {
    try {
      @Nullable FileLock lock = channel.tryLock();
      return lock == null;
    } catch (OverlappingFileLockException ours) {
      return true;
    } catch (IOException unsupported) {
      // Some shared file systems have no locks.
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
