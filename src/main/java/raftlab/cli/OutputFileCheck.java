package raftlab.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** Checks output files when a command starts, although they are written when it ends. */
final class OutputFileCheck {
  private OutputFileCheck() {}

  /** Throws unless this file can be written; null is valid. */
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
          "found " + option + " " + file + ", but the folder " + folder + " doesn't exist");
    }
    if (!Files.isWritable(folder)) {
      throw new UsageException(
          "found " + option + " " + file + ", but the folder " + folder + " isn't writable");
    }
  }
}
