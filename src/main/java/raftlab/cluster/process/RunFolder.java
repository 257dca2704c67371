package raftlab.cluster.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import raftlab.wire.Id;

/**
 * The temporary folder of one run: what its replicas store, and the files in which they report. It
 * goes when the run is over.
 */
final class RunFolder {
  private final Path folder;
  private int starts;

  RunFolder() {
    try {
      folder = Files.createTempDirectory("raftlab-").toAbsolutePath();
    } catch (IOException noRoom) {
      throw new UncheckedIOException("can't make a temporary folder for the run", noRoom);
    }
  }

  /** Its absolute path. */
  Path path() {
    return folder;
  }

  /** Where this replica stores what must survive a crash: the same at each of its starts. */
  Path data(Id replica) throws IOException {
    return Files.createDirectories(folder.resolve(replica + "-data"));
  }

  /** An empty file for the reports of one life of this replica. */
  Path trace(Id replica) throws IOException {
    starts++;
    return Files.createFile(folder.resolve(replica + "-" + starts + ".trace"));
  }

  /**
   * Deletes the folder and all in it, as far as that can be done; doing it again does nothing.
   * Links are deleted, never followed.
   */
  void delete() {
    try {
      Files.walkFileTree(folder, new Deletion());
    } catch (IOException left) {
      // What can't be deleted stays: the system clears its temporary files some day.
      return;
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      return delete(file);
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
      return delete(file);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException unreadable) {
      return delete(directory);
    }

    private static FileVisitResult delete(Path path) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException stays) {
        return FileVisitResult.CONTINUE;
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
