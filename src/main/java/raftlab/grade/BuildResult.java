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
 * What came of a team's {@code make}.
 *
 * @param status what to call it
 * @param exitCode what make returned; 0 if there was nothing to build
 * @param seconds how long it took
 * @param output its first and last lines
 */
public record BuildResult(Status status, int exitCode, double seconds, List<String> output) {
  /** How a build can end. */
  public enum Status {
    /** There is no makefile. */
    NOT_NEEDED,
    /** Make returned 0. */
    DONE,
    /** Make returned something else. */
    FAILED,
    /** Make did not end in time, and was killed. */
    TIMED_OUT
  }

  private static final List<String> MAKEFILES = List.of("GNUmakefile", "makefile", "Makefile");

  /**
   * What a {@code make grade} would pass on to the hand-in's make: our own variables and job
   * server.
   */
  private static final Set<String> OUR_MAKE =
      Set.of("MAKEFLAGS", "MFLAGS", "GNUMAKEFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "MAKEFILES");

  /** Takes a copy of the list. */
  public BuildResult {
    output = List.copyOf(output);
  }

  /** Whether there may be something to play. */
  boolean isGood() {
    return status == Status.NOT_NEEDED || status == Status.DONE;
  }

  /** What happened, in a few words. */
  String text() {
    return switch (status) {
      case NOT_NEEDED -> "there is no Makefile, so nothing was built";
      case DONE -> String.format(Locale.ROOT, "make: done in %.1f s", seconds);
      case FAILED -> "make failed with exit code " + exitCode;
      case TIMED_OUT ->
          String.format(Locale.ROOT, "make was killed: it had not ended after %.0f s", seconds);
    };
  }

  /** Whether this machine can build at all. */
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

  /** Builds what is in this folder, if it says how. */
  static BuildResult in(Path folder, Duration bound) throws InterruptedException {
    if (!isNeeded(folder)) {
      return new BuildResult(Status.NOT_NEEDED, 0, 0, List.of());
    }
    long from = System.nanoTime();
    HelperProcess.Result result = HelperProcess.run(List.of("make"), folder, OUR_MAKE, bound);
    Status status =
        result.timedOut() ? Status.TIMED_OUT : result.exitCode() == 0 ? Status.DONE : Status.FAILED;
    // A machine that is busy notices the end of the time late; the bound is what is told.
    double seconds = result.timedOut() ? bound.toMillis() / 1e3 : (System.nanoTime() - from) / 1e9;
    return new BuildResult(status, result.exitCode(), seconds, result.output());
  }
}
