package raftlab.cluster.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import raftlab.cluster.CommandSplitter;

/**
 * The command that starts a replica: a program and its first arguments. Port and IDs follow.
 *
 * @param words the program's absolute path, and the arguments before the port
 * @param userWords the words as the user typed them; empty for the reference replica
 */
public record ReplicaCommand(List<String> words, List<String> userWords) {
  /** The word for the reference replica, in place of a program. */
  public static final String REFERENCE = "reference";

  /** Options for a JVM that is small and starts fast. */
  private static final List<String> SMALL_JVM_OPTIONS =
      List.of(
          "-Xmx64m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          // A replica handles a few hundred messages in a run, mostly in interpreted code.
          "-XX:CompileThresholdScaling=0.2",
          "-Xshare:auto",
          "-XX:-UsePerfData");

  /** The class-data archive that the build puts beside the jar; replicas start faster with it. */
  private static final String CDS_ARCHIVE = "replica.jsa";

  /** Copies the lists. */
  public ReplicaCommand {
    words = List.copyOf(words);
    userWords = List.copyOf(userWords);
  }

  /**
   * Returns the reference replica, from the same jar or classes and on the same JDK as this
   * program.
   */
  public static ReplicaCommand reference() {
    return reference(List.of());
  }

  /** Returns the reference replica with these options, which must be valid. */
  public static ReplicaCommand reference(List<String> options) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(SMALL_JVM_OPTIONS);
    String classPath = absoluteClassPath();
    Path archive = Path.of(classPath).resolveSibling(CDS_ARCHIVE);
    if (classPath.endsWith(".jar") && Files.exists(archive)) {
      // The JVM silently ignores an archive of another JDK or another jar.
      words.add("-XX:SharedArchiveFile=" + archive);
      words.add("-Xlog:disable");
    }
    words.add("-cp");
    words.add(classPath);
    words.add("raftlab.Main");
    words.add("replica");
    words.addAll(options);
    List<String> given = new ArrayList<>(options);
    if (!options.isEmpty()) {
      given.add(0, REFERENCE);
    }
    return new ReplicaCommand(words, given);
  }

  /** Whether it is the reference replica, with any options. */
  public boolean isReference() {
    return userWords.isEmpty() || userWords.get(0).equals(REFERENCE);
  }

  private static String absoluteClassPath() {
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      entries.add(Path.of(entry).toAbsolutePath().toString());
    }
    return String.join(File.pathSeparator, entries);
  }

  /**
   * Parses what the user typed: a file name, or a command with arguments (quotes keep spaces).
   *
   * @throws IllegalArgumentException if there is no such program; the message says what to do
   */
  public static ReplicaCommand parse(String command) {
    List<String> words =
        Files.isRegularFile(Path.of(command))
            ? List.of(command)
            : CommandSplitter.ofProgram(command);
    if (words.isEmpty()) {
      throw new IllegalArgumentException("found an empty command, expected a replica's program");
    }
    List<String> full = new ArrayList<>(words);
    full.set(0, program(words.get(0)).toString());
    return new ReplicaCommand(full, words);
  }

  private static Path program(String name) {
    Path path = Path.of(name).toAbsolutePath().normalize();
    if (!Files.exists(path) && !name.contains("/")) {
      Path onPath = findOnPath(name);
      if (onPath != null) {
        return onPath;
      }
    }
    if (!Files.exists(path)) {
      throw new IllegalArgumentException("there is no replica at " + path);
    }
    if (Files.isDirectory(path)) {
      throw new IllegalArgumentException(
          path
              + " is a directory, expected a replica's program"
              + onlyProgram(path).map(found -> "; did you mean " + found + "?").orElse(""));
    }
    if (!Files.isExecutable(path)) {
      throw new IllegalArgumentException(
          path + " is not executable; to make it so: chmod +x " + name);
    }
    return path;
  }

  /** The program of a folder that has just one. */
  private static Optional<Path> onlyProgram(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> programs =
          files.filter(file -> Files.isRegularFile(file) && Files.isExecutable(file)).toList();
      return programs.size() == 1 ? Optional.of(programs.get(0)) : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private static @Nullable Path findOnPath(String name) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
      Path path = Path.of(folder.isEmpty() ? "." : folder, name);
      if (Files.isRegularFile(path) && Files.isExecutable(path)) {
        return path.toAbsolutePath();
      }
    }
    return null;
  }

  /** Returns the words before a command that start it in its own session and process group. */
  public static List<String> newSessionPrefix() {
    if (findOnPath("setsid") != null) {
      return List.of("setsid");
    }
    // macOS has no setsid, but has perl.
    return List.of(
        "perl", "-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV or die \"$ARGV[0]: $!\\n\"");
  }

  /**
   * Adds the token to a replica's environment, so that the kit finds the replica even if it leaves
   * its process group.
   */
  public static void addMarker(Map<String, String> environment, String token) {
    environment.put("RAFTLAB_RUN", token);
  }
}
