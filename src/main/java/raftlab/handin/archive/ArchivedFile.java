package raftlab.handin.archive;

import java.nio.file.attribute.FileTime;

/**
 * An entry of an archive, as the archive has it.
 *
 * @param name the path, which is not trusted
 * @param mode the permissions and the bits above them; {@link #NO_MODE} if the archive has none
 * @param link the target of a link; empty for others
 * @param refusal why its content can't be read; empty if it can
 */
record ArchivedFile(String name, Type type, int mode, FileTime time, String link, Refusal refusal) {
  /** The mode in archives of systems without permissions. */
  static final int NO_MODE = -1;

  /** The kinds of entries. */
  enum Type {
    FILE,
    FOLDER,
    SYMBOLIC_LINK,
    HARD_LINK,
    SPECIAL
  }

  /** Why the content can't be read. */
  enum Refusal {
    NONE,
    ENCRYPTED,
    METHOD
  }
}
