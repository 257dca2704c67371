package raftlab.handin.check;

import java.nio.file.Path;

/**
 * A file of a submission that is packed.
 *
 * @param path its path in the submission, with slashes
 * @param file where it is
 * @param link the target, if it is a symbolic link; else empty
 */
record PackedFile(String path, Path file, Type type, boolean executable, long size, String link) {
  /** What it is. Only empty folders are packed as folders. */
  enum Type {
    FILE,
    LINK,
    FOLDER
  }
}
