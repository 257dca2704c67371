package raftlab.handin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import raftlab.cluster.process.ReplicaCommand;

/** Finds the replica's program in a built hand-in. */
public final class ReplicaProgramFinder {
  /** The names that the course uses, and the plain one. */
  public static final List<String> NAMES =
      List.of("4700kvstore", "3700kvstore", "4730kvstore", "kvstore");

  /** Replicas run in the program's folder, as for the student; $0 is that folder. */
  private static final String IN_FOLDER = "cd -- \"$0\" && exec \"$@\"";

  private ReplicaProgramFinder() {}

  /** The command that starts a team's replicas, with the usual names of the program. */
  public static ReplicaCommand find(Path copy, Path original) throws NoProgramException {
    return find(copy, original, NAMES);
  }

  /**
   * The command that starts a team's replicas. The program is in the folder, or else in the only
   * subfolder that has one.
   *
   * @param copy the built copy
   * @param original the hand-in, for the command that users type
   * @param names the names of the program; the first one counts
   * @throws NoProgramException if there is no program; the message has the reason
   */
  public static ReplicaCommand find(Path copy, Path original, List<String> names)
      throws NoProgramException {
    Path program = program(copy, names);
    Path folder = Objects.requireNonNullElse(program.getParent(), copy);
    return new ReplicaCommand(
        List.of("sh", "-c", IN_FOLDER, folder.toString(), program.toString()),
        List.of(typed(original.resolve(copy.relativize(program)))));
  }

  /**
   * The program's file.
   *
   * @throws NoProgramException if there is none; the message has the reason
   */
  public static Path program(Path copy, List<String> names) throws NoProgramException {
    List<String> complaints = new ArrayList<>();
    List<Path> found = programsIn(copy, copy, names, complaints);
    if (!found.isEmpty()) {
      return found.get(0);
    }
    List<Path> folders = subfolders(copy);
    List<Path> inFolders = new ArrayList<>();
    for (Path folder : folders) {
      programsIn(folder, copy, names, complaints).stream().limit(1).forEach(inFolders::add);
    }
    if (inFolders.size() == 1) {
      return inFolders.get(0);
    }
    if (inFolders.size() > 1) {
      throw new NoProgramException(
          "there are several programs, expected one: "
              + String.join(
                  ", ", inFolders.stream().map(each -> copy.relativize(each).toString()).toList()));
    }
    throw new NoProgramException(
        complaints.isEmpty() ? "there is no " + either(names) : String.join("; ", complaints));
  }

  private static List<Path> subfolders(Path copy) {
    try {
      return SubmissionFolder.subfolders(copy);
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  private static List<Path> programsIn(
      Path folder, Path copy, List<String> names, List<String> complaints) {
    List<Path> found = new ArrayList<>();
    for (String name : names) {
      Path program = folder.resolve(name);
      if (Files.exists(program, LinkOption.NOFOLLOW_LINKS)) {
        String complaint = complaint(program, copy);
        if (complaint == null) {
          found.add(program);
        } else if (folder.equals(copy) || !Files.isDirectory(program)) {
          complaints.add(copy.relativize(program) + complaint);
        }
      }
    }
    return found;
  }

  /** The names in a sentence. */
  public static String either(List<String> names) {
    return names.size() == 1
        ? names.get(0)
        : String.join(", ", names.subList(0, names.size() - 1))
            + " or "
            + names.get(names.size() - 1);
  }

  /** A path that no command treats as an option. */
  private static String typed(Path path) {
    return path.toString().startsWith("-") ? "./" + path : path.toString();
  }

  private static @Nullable String complaint(Path program, Path copy) {
    if (!Files.exists(program)) {
      return " is a broken link";
    }
    try {
      if (!program.toRealPath().startsWith(copy.toRealPath())) {
        return " is a link out of the hand-in";
      }
    } catch (IOException lost) {
      return " can't be read";
    }
    if (Files.isDirectory(program)) {
      return " is a folder, expected the program";
    }
    if (!Files.isRegularFile(program)) {
      return " is not a file";
    }
    return Files.isExecutable(program)
        ? null
        : " is not executable; to fix it: chmod +x " + copy.relativize(program);
  }

  /** Thrown if there is no program. */
  public static final class NoProgramException extends Exception {
    NoProgramException(String message) {
      super(message);
    }
  }
}
