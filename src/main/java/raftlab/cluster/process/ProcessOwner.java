package raftlab.cluster.process;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The user of a program's processes. If no other process has this user, the kit kills all of its
 * processes at the end, and deletes the files that it left in the folders for temporary files.
 *
 * @param user its number; 0 if it is the user of the kit, which has other processes
 * @param kept a folder of this user that is not deleted; null for none
 */
public record ProcessOwner(int user, @Nullable Path kept) {
  /** The user of the kit. */
  public static final ProcessOwner SHARED = new ProcessOwner(0, null);

  /** Whether other processes have this user. */
  boolean isShared() {
    return user == 0;
  }
}
