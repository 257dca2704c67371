package raftlab.cluster.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import raftlab.cluster.CommandLine;

/**
 * How a replica is started: a program and its first arguments; port and IDs follow.
 *
 * @param words the program's absolute path, and what comes before the port
 * @param given the words that a person gave; empty for the reference replica
 */
public record ReplicaCommand(List<String> words, List<String> given) {
  /** The word for the reference replica where a program can be named. */
  public static final String REFERENCE = "reference";

  /** What keeps a small JVM small and quick to start. */
  private static final List<String> SMALL_JVM =
      List.of(
          "-Xmx64m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          // A replica handles a few hundred messages in a run: it would be interpreted for most of
          // its life.
          "-XX:CompileThresholdScaling=0.2",
          "-Xshare:auto",
          "-XX:-UsePerfData");

  /**
   * Classes ready to be mapped, which the build leaves beside the jar: replicas start sooner with
   * it.
   */
  private static final String ARCHIVE = "replica.jsa";

  /** Takes copies of the lists. */
  public ReplicaCommand {
    words = List.copyOf(words);
    given = List.copyOf(given);
  }

  /** The reference replica, from the same jar or classes and on the same JDK as this program. */
  public static ReplicaCommand reference() {
    return reference(List.of());
  }

  /** The same, with options of its own; they are known to be good. */
  public static ReplicaCommand reference(List<String> options) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(SMALL_JVM);
    String classPath = absoluteClassPath();
    Path archive = Path.of(classPath).resolveSibling(ARCHIVE);
    if (classPath.endsWith(".jar") && Files.exists(archive)) {
      // An archive of another JDK or another jar is passed over in silence.
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

  /** Whether it is the reference replica, whatever its options. */
  boolean isReference() {
    return given.isEmpty() || given.get(0).equals(REFERENCE);
  }

  private static String absoluteClassPath() {
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      entries.add(Path.of(entry).toAbsolutePath().toString());
    }
    return String.join(File.pathSeparator, entries);
  }

  /**
   * Reads what a person typed: the name of a file, or a command with arguments (quotes keep
   * spaces).
   *
   * @throws IllegalArgumentException if there is no such program; the message says what to do
   */
  public static ReplicaCommand parse(String command) {
    List<String> words =
        Files.isRegularFile(Path.of(command)) ? List.of(command) : CommandLine.ofProgram(command);
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
      Path onPath = find(name);
      if (onPath != null) {
        return onPath;
      }
    }
    if (!Files.exists(path)) {
      throw new IllegalArgumentException("there is no replica at " + path);
    }
    if (Files.isDirectory(path)) {
      throw new IllegalArgumentException(path + " is a directory, expected a replica's program");
    }
    if (!Files.isExecutable(path)) {
      throw new IllegalArgumentException(
          path + " is not executable; to make it so: chmod +x " + name);
    }
    return path;
  }

  private static Path find(String name) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
      Path path = Path.of(folder.isEmpty() ? "." : folder, name);
      if (Files.isRegularFile(path) && Files.isExecutable(path)) {
        return path.toAbsolutePath();
      }
    }
    return null;
  }

  /**
   * The words that start a program as the leader of a session, and so of a process group, of its
   * own.
   */
  static List<String> ownGroup() {
    if (find("setsid") != null) {
      return List.of("setsid");
    }
    // macOS has no setsid, but a perl.
    return List.of(
        "perl", "-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV or die \"$ARGV[0]: $!\\n\"");
  }

  /**
   * Adds to a replica's environment what lets the kit find it again, even if it leaves its process
   * group.
   */
  static void mark(Map<String, String> environment, String token) {
    environment.put("RAFTLAB_RUN", token);
  }
}
