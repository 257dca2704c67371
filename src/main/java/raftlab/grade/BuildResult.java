package raftlab.grade;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import raftlab.cluster.process.HelperProcess;

/**
 * The result of a team's {@code make}.
 *
 * @param status how it ended
 * @param exitCode the exit code of make; 0 if there was nothing to build
 * @param seconds the duration
 * @param output its first and last lines
 */
public record BuildResult(BuildStatus status, int exitCode, double seconds, List<String> output) {
  /** The ways in which a build can end. */
  public enum BuildStatus {
    /** There is no makefile. */
    NOT_NEEDED,
    /** Make returned 0. */
    DONE,
    /** Make returned another exit code. */
    FAILED,
    /** Make exceeded the time limit, and was killed. */
    TIMED_OUT
  }

  private static final List<String> MAKEFILES = List.of("GNUmakefile", "makefile", "Makefile");

  /**
   * Variables that {@code make grade} would otherwise pass on to the hand-in's make: our own
   * variables and job server.
   */
  private static final Set<String> OUR_MAKE =
      Set.of("MAKEFLAGS", "MFLAGS", "GNUMAKEFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "MAKEFILES");

  /** Copies the list. */
  public BuildResult {
    output = List.copyOf(output);
  }

  /** Whether there may be a program to play. */
  boolean isGood() {
    return status == BuildStatus.NOT_NEEDED || status == BuildStatus.DONE;
  }

  /** The result in a few words. */
  String text() {
    return switch (status) {
      case NOT_NEEDED -> "no Makefile, so nothing was built";
      case DONE -> String.format(Locale.ROOT, "make succeeded in %.1f s", seconds);
      case FAILED -> "make failed with exit code " + exitCode;
      case TIMED_OUT ->
          String.format(Locale.ROOT, "make was killed: it exceeded the limit of %.0f s", seconds);
    };
  }

  /** Whether make is installed on this machine. */
  public static boolean isPossible() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "make")));
  }

  /** Whether a folder holds a makefile. */
  public static boolean isNeeded(Path folder) {
    return MAKEFILES.stream()
        .anyMatch(name -> Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS));
  }

  /** Builds the program in this folder, if it has a makefile. */
  static BuildResult build(Path folder, Duration bound) throws InterruptedException {
    if (!isNeeded(folder)) {
      return new BuildResult(BuildStatus.NOT_NEEDED, 0, 0, List.of());
    }
    long from = System.nanoTime();
    HelperProcess.HelperResult result = HelperProcess.run(List.of("make"), folder, OUR_MAKE, bound);
    BuildStatus status =
        result.timedOut()
            ? BuildStatus.TIMED_OUT
            : result.exitCode() == 0 ? BuildStatus.DONE : BuildStatus.FAILED;
    // A busy machine notices the end of the time late; the limit itself is reported.
    double seconds = result.timedOut() ? bound.toMillis() / 1e3 : (System.nanoTime() - from) / 1e9;
    return new BuildResult(status, result.exitCode(), seconds, result.output());
  }
}
