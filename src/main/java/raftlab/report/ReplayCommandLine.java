package raftlab.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import raftlab.run.RunOutcome;
import raftlab.trace.TraceHeader;

/** Builds the command that plays a run again. */
public final class ReplayCommandLine {
  private ReplayCommandLine() {}

  /** The command for a shell, relative to the current directory. */
  public static String command(RunOutcome outcome) {
    return command(outcome.played(), outcome.played().seed(), outcome.scenario().file());
  }

  /**
   * The command that generates and plays the random scenario of a run's seed again, with the same
   * settings.
   */
  static String ofSwarm(TraceHeader played) {
    List<String> words = new ArrayList<>(program());
    words.addAll(
        List.of(
            "swarm", "--seed", Long.toString(played.seed()), "--seeds", "1", "--fixed-settings"));
    addReplica(played.replicaCommand(), words);
    return String.join(" ", words);
  }

  /** The command for another scenario with the same replicas. */
  static String command(TraceHeader played, long seed, Path scenario) {
    return command(played.world(), played.replicaCommand(), seed, scenario);
  }

  /** The command for a scenario that may not have been played yet. */
  public static String command(
      String world, List<String> replicaCommand, long seed, Path scenario) {
    List<String> words = new ArrayList<>(program());
    words.add("run");
    words.add("--world");
    words.add(world);
    addReplica(replicaCommand, words);
    words.add("--seed");
    words.add(Long.toString(seed));
    words.add(quoted(shortest(scenario)));
    return String.join(" ", words);
  }

  private static void addReplica(List<String> replicaCommand, List<String> words) {
    if (!replicaCommand.isEmpty()) {
      words.add("--replica");
      words.add(quoted(String.join(" ", replicaCommand)));
    }
  }

  private static List<String> program() {
    return program(System.getProperty("java.class.path"));
  }

  /** The script that starts the jar soonest, if it is where the build leaves it; else java. */
  static List<String> program(String classPath) {
    if (!classPath.endsWith(".jar") || classPath.contains(":")) {
      return List.of("test-scripts/raftlab");
    }
    Path jar = Path.of(classPath).toAbsolutePath().normalize();
    Path script = jar.resolveSibling("../test-scripts/raftlab").normalize();
    return Files.isExecutable(script) && jar.endsWith("target/raftlab.jar")
        ? List.of(quoted(shortest(script)))
        : List.of("java", "-jar", quoted(shortest(jar)));
  }

  private static String shortest(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    if (absolute.getFileSystem() != java.nio.file.FileSystems.getDefault()) {
      // A scenario inside the jar has no file; it is found by name.
      return absolute.getFileName().toString().replaceFirst("\\.json$", "");
    }
    Path relative = Path.of("").toAbsolutePath().relativize(absolute);
    return relative.toString().length() < absolute.toString().length()
        ? relative.toString()
        : absolute.toString();
  }

  /** A word for a shell. */
  public static String quoted(String word) {
    return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
