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
 * The temporary folder of one run, with the data and the report files of its replicas. It is
 * deleted after the run.
 */
public final class RunFolder {
  private final Path folder;
  private int starts;

  /** Creates it. */
  public RunFolder() {
    try {
      folder = Files.createTempDirectory("raftlab-").toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException("can't make a temporary folder for the run", e);
    }
  }

  /** Returns its absolute path. */
  public Path path() {
    return folder;
  }

  /** Returns the data directory of this replica, the same at each start. */
  public Path dataFolder(Id replica) throws IOException {
    return Files.createDirectories(folder.resolve(replica + "-data"));
  }

  /** Whether a replica has stored anything in its data directory. */
  public boolean hasData(Id replica) {
    String[] files = folder.resolve(replica + "-data").toFile().list();
    return files != null && files.length > 0;
  }

  /** Creates an empty file for the reports of this replica until its next crash. */
  public Path newStateReportFile(Id replica) throws IOException {
    starts++;
    return Files.createFile(folder.resolve(replica + "-" + starts + ".trace"));
  }

  /**
   * Deletes the folder and its content as far as possible; a second call does nothing. Links are
   * deleted, never followed.
   */
  public void delete() {
    try {
      Files.walkFileTree(folder, new DeletingVisitor());
    } catch (IOException left) {
      // What can't be deleted stays; the system clears its temporary files.
      return;
    }
  }

  private static final class DeletingVisitor extends SimpleFileVisitor<Path> {
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
