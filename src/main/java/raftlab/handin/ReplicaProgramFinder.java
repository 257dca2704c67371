package raftlab.handin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import raftlab.cluster.process.ReplicaCommand;

/** Finds the replica's program in a built hand-in. */
public final class ReplicaProgramFinder {
  /** The names that the course uses. */
  static final List<String> NAMES = List.of("4700kvstore", "3700kvstore", "4730kvstore");

  /** Replicas run in the hand-in's folder, as for the student; $0 is that folder. */
  private static final String IN_FOLDER = "cd -- \"$0\" && exec \"$@\"";

  private ReplicaProgramFinder() {}

  /**
   * The command that starts a team's replicas.
   *
   * @param copy the built copy
   * @param original the hand-in, for the command that users type
   * @throws NoProgramException if there is no program; the message has the reason
   */
  public static ReplicaCommand find(Path copy, Path original) throws NoProgramException {
    String why = "there is no " + String.join(", ", NAMES.subList(0, 2)) + " or " + NAMES.get(2);
    for (String name : NAMES) {
      Path program = copy.resolve(name);
      if (Files.exists(program, LinkOption.NOFOLLOW_LINKS)) {
        String complaint = complaint(program, copy);
        if (complaint == null) {
          return new ReplicaCommand(
              List.of("sh", "-c", IN_FOLDER, copy.toString(), program.toString()),
              List.of(typed(original.resolve(name))));
        }
        why = complaint;
      }
    }
    throw new NoProgramException(why);
  }

  /** A path that no command treats as an option. */
  private static String typed(Path path) {
    return path.toString().startsWith("-") ? "./" + path : path.toString();
  }

  private static @Nullable String complaint(Path program, Path copy) {
    String name = program.getFileName().toString();
    if (!Files.exists(program)) {
      return name + " is a broken link";
    }
    try {
      if (!program.toRealPath().startsWith(copy.toRealPath())) {
        return name + " is a link out of the hand-in";
      }
    } catch (IOException lost) {
      return name + " can't be read";
    }
    if (!Files.isRegularFile(program)) {
      return name + " is not a file";
    }
    return Files.isExecutable(program)
        ? null
        : name + " is not executable; to fix it: chmod +x " + name;
  }

  /** Thrown if there is no program. */
  public static final class NoProgramException extends Exception {
    NoProgramException(String message) {
      super(message);
    }
  }
}
