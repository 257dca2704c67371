package raftlab.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import raftlab.handin.ReplicaProgramFinder;

/** The names under which a hand-in's program is looked for. */
final class ProgramNames {
  private ProgramNames() {}

  /** Those of {@code --program}: the given one, or the usual ones. */
  static List<String> of(@Nullable String given) {
    if (given == null) {
      return ReplicaProgramFinder.NAMES;
    }
    if (given.isBlank() || given.contains("/") || given.startsWith(".")) {
      throw new UsageException(
          "found --program \"" + given + "\", expected a file name without folders");
    }
    return List.of(given);
  }
}
