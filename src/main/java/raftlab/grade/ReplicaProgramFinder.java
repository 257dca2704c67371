package raftlab.grade;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import raftlab.cluster.process.ReplicaCommand;

/** Finds the replica's program in a built hand-in. */
final class ReplicaProgramFinder {
  /** As the course names it, in its three numbers. */
  static final List<String> NAMES = List.of("4700kvstore", "3700kvstore", "4730kvstore");

  /** Replicas run in the hand-in's folder, as they do for the student; $0 is it. */
  private static final String IN_FOLDER = "cd -- \"$0\" && exec \"$@\"";

  private ReplicaProgramFinder() {}

  /**
   * How a team's replicas are started.
   *
   * @param copy the built copy
   * @param original the hand-in, for the command that a person types
   * @throws NoProgramException if there is nothing to start; the message says why
   */
  static ReplicaCommand in(Path copy, Path original) throws NoProgramException {
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

  /** A path that no command takes for an option. */
  private static String typed(Path path) {
    return path.toString().startsWith("-") ? "./" + path : path.toString();
  }

  private static String complaint(Path program, Path copy) {
    String name = program.getFileName().toString();
    if (!Files.exists(program)) {
      return name + " is a link that leads nowhere";
    }
    try {
      if (!program.toRealPath().startsWith(copy.toRealPath())) {
        return name + " is a link that leads out of the hand-in";
      }
    } catch (IOException lost) {
      return name + " can't be read";
    }
    if (!Files.isRegularFile(program)) {
      return name + " is not a file";
    }
    return Files.isExecutable(program)
        ? null
        : name + " is not executable; to make it so: chmod +x " + name;
  }

  /** There is nothing to start. */
  static final class NoProgramException extends Exception {
    NoProgramException(String message) {
      super(message);
    }
  }
}
