package raftlab.handin;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A temporary folder for copies. It is deleted with its contents when it is closed, and also if the
 * program is interrupted first.
 */
public final class TemporaryFolder implements AutoCloseable {
  /** The number of attempts, 50 ms apart, to delete files that dying replicas still write. */
  private static final int TRIES = 40;

  private final Path path;
  private final Thread onExit;

  private TemporaryFolder(Path path, Runnable onBreakOff) {
    this.path = path;
    onExit =
        new Thread(
            () -> {
              onBreakOff.run();
              deleteWithRetries();
            },
            "raftlab-work-exit");
  }

  /**
   * Creates one, on a file system with room for copies.
   *
   * @param onBreakOff runs first if the program is interrupted before the folder is closed
   */
  public static TemporaryFolder create(String prefix, Runnable onBreakOff) throws IOException {
    TemporaryFolder made =
        new TemporaryFolder(Files.createTempDirectory(temporary(), prefix), onBreakOff);
    Runtime.getRuntime().addShutdownHook(made.onExit);
    return made;
  }

  /** The default folder of the system's own tools. */
  private static Path temporary() {
    String chosen = System.getenv("TMPDIR");
    Path folder = Path.of(chosen == null ? System.getProperty("java.io.tmpdir") : chosen);
    return folder.toAbsolutePath();
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  @Override
  public void close() {
    Optional<String> left = tryToDelete(path);
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException brokenOff) {
      // The program is exiting, and the shutdown hook deletes the folder.
      return;
    }
    left.ifPresent(System.err::println);
  }

  /** The worlds kill their replicas at the same time. */
  private void deleteWithRetries() {
    for (int i = 0; i < TRIES && Files.exists(path, LinkOption.NOFOLLOW_LINKS); i++) {
      if (tryToDelete(path).isPresent()) {
        pause();
      }
    }
  }

  /** Deletes a path in such a folder, or reports why it can't. */
  public static void delete(Path folder) {
    tryToDelete(folder).ifPresent(System.err::println);
  }

  /** The error, if any. */
  private static Optional<String> tryToDelete(Path folder) {
    try {
      HandInCopy.delete(folder);
      return Optional.empty();
    } catch (IOException | DirectoryIteratorException left) {
      return Optional.of("can't delete " + folder + ": " + left.getMessage());
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(50);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }
}
