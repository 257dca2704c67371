package raftlab.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** Files that a command will write at its end: what is wrong with them is said at its beginning. */
final class OutputFileCheck {
  private OutputFileCheck() {}

  /** Complains unless this can become a file; null is fine. */
  static void check(String option, Path file) {
    if (file == null) {
      return;
    }
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file)) {
      throw new UsageException(
          "found " + option + " " + file + ", which is a folder, expected a file");
    }
    if (folder == null || !Files.isDirectory(folder)) {
      throw new UsageException(
          "found " + option + " " + file + ", but there is no folder " + folder);
    }
    if (!Files.isWritable(folder)) {
      throw new UsageException(
          "found " + option + " " + file + ", but " + folder + " can't be written to");
    }
  }
}
