package raftlab.grade;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import raftlab.grade.store.GradingFolder;
import raftlab.handin.TemporaryFolder;

/**
 * The temporary folder with the copies of hand-ins. Its path is kept in the results folder, so that
 * the next grader deletes what a killed one left.
 */
final class WorkFolder implements AutoCloseable {
  private static final String NOTE = ".work";

  private final TemporaryFolder folder;
  private final Path note;

  private WorkFolder(TemporaryFolder folder, Path note) {
    this.folder = folder;
    this.note = note;
  }

  /**
   * Deletes what is left of an earlier one, and creates a new one.
   *
   * @param onExit runs first if the program is interrupted
   */
  static WorkFolder create(GradingFolder results, Runnable onExit) throws IOException {
    Path note = results.file(NOTE);
    deleteLeftover(note);
    TemporaryFolder made = TemporaryFolder.create(CopyPaths.WORK, onExit);
    try {
      results.writeText(note, made.path() + "\n");
    } catch (IOException unwritable) {
      made.close();
      throw unwritable;
    }
    return new WorkFolder(made, note);
  }

  private static void deleteLeftover(Path note) throws IOException {
    if (!Files.isRegularFile(note, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Path left = Path.of(Files.readString(note).strip());
    Path name = left.getFileName();
    // Nothing else is ever deleted, whatever the file says.
    if (left.isAbsolute()
        && name != null
        && name.toString().matches(CopyPaths.WORK + "\\d+")
        && Files.isDirectory(left, LinkOption.NOFOLLOW_LINKS)) {
      TemporaryFolder.delete(left);
    }
  }

  Path path() {
    return folder.path();
  }

  @Override
  public void close() throws IOException {
    folder.close();
    Files.deleteIfExists(note);
  }
}
