package raftlab.handin;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import raftlab.cluster.process.HelperProcess;
import raftlab.cluster.process.HelperProcess.HelperCommand;
import raftlab.cluster.process.HelperProcess.HelperResult;
import raftlab.cluster.process.ProcessOwner;
import raftlab.cluster.process.UsageLimits;
import raftlab.handin.BuildResult.BuildStatus;
import raftlab.sandbox.MakeVariables;

/** Builds a hand-in with its own makefile. */
public final class HandInBuild {
  private static final List<String> MAKEFILES = List.of("GNUmakefile", "makefile", "Makefile");

  private HandInBuild() {}

  /** Whether make is installed on this machine. */
  public static boolean isPossible() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "make")));
  }

  /** Whether make reads a file of this name. */
  public static boolean isMakefile(String name) {
    return MAKEFILES.contains(name);
  }

  /** Whether a folder holds a makefile. */
  public static boolean isNeeded(Path folder) {
    return MAKEFILES.stream()
        .anyMatch(name -> Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS));
  }

  /** The command that builds; a sandbox puts it into a command of its own. */
  public static List<String> command() {
    return List.of("make");
  }

  /** Builds the program in this folder, if it has a makefile. */
  public static BuildResult run(Path folder, Duration bound) throws InterruptedException {
    if (!isNeeded(folder)) {
      return new BuildResult(BuildStatus.NOT_NEEDED, 0, 0, List.of());
    }
    long from = System.nanoTime();
    HelperResult result =
        HelperProcess.run(
            new HelperCommand(
                command(),
                folder,
                MakeVariables.OURS,
                Map.of(),
                bound,
                UsageLimits.WIDE.withOutput(UsageLimits.BUILD.outputBytes()),
                null,
                line -> {},
                Optional::empty,
                ProcessOwner.SHARED,
                null,
                List.of()));
    // A busy machine notices the end of the time late; the limit itself is reported.
    double seconds = result.timedOut() ? bound.toMillis() / 1e3 : (System.nanoTime() - from) / 1e9;
    return new BuildResult(status(result), result.exitCode(), seconds, result.output());
  }

  private static BuildStatus status(HelperResult result) {
    if (result.exceeded().isPresent()) {
      return BuildStatus.TOO_MUCH_OUTPUT;
    }
    if (result.timedOut()) {
      return BuildStatus.TIMED_OUT;
    }
    return result.exitCode() == 0 ? BuildStatus.DONE : BuildStatus.FAILED;
  }
}
