package raftlab.grade;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A temporary folder for copies: deleted with all that is in it when it is closed, and also if the
 * program is ended before.
 */
final class TemporaryFolder implements AutoCloseable {
  /** So often, 50 ms apart, what dying replicas still write in is deleted once more. */
  private static final int TRIES = 40;

  private final Path path;
  private final Thread onExit;

  private TemporaryFolder(Path path, Runnable onBreakOff) {
    this.path = path;
    onExit =
        new Thread(
            () -> {
              onBreakOff.run();
              deleteUnderFire();
            },
            "raftlab-work-exit");
  }

  /**
   * Makes one, where there is room for copies.
   *
   * @param onBreakOff what to do first if the program is ended before the folder is closed
   */
  static TemporaryFolder create(String prefix, Runnable onBreakOff) throws IOException {
    TemporaryFolder made =
        new TemporaryFolder(Files.createTempDirectory(temporary(), prefix), onBreakOff);
    Runtime.getRuntime().addShutdownHook(made.onExit);
    return made;
  }

  /** As the system's own tools choose it. */
  private static Path temporary() {
    String chosen = System.getenv("TMPDIR");
    Path folder = Path.of(chosen == null ? System.getProperty("java.io.tmpdir") : chosen);
    return folder.toAbsolutePath();
  }

  /** Where it is. */
  Path path() {
    return path;
  }

  @Override
  public void close() {
    Optional<String> left = tryToDelete(path);
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException brokenOff) {
      // The program ends, and what is left is being deleted there.
      return;
    }
    left.ifPresent(System.err::println);
  }

  /** The worlds kill their replicas at the same time. */
  private void deleteUnderFire() {
    for (int i = 0; i < TRIES && Files.exists(path, LinkOption.NOFOLLOW_LINKS); i++) {
      if (tryToDelete(path).isPresent()) {
        pause();
      }
    }
  }

  /** Deletes something in such a folder, or complains. */
  static void delete(Path folder) {
    tryToDelete(folder).ifPresent(System.err::println);
  }

  /** What went wrong, if something did. */
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
