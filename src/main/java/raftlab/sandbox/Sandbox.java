package raftlab.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import raftlab.cluster.process.UsageLimits;
import raftlab.scenario.Scenario;

/**
 * Builds hand-ins and plays their runs: each in a sandbox of its own, or as plain processes where
 * there is none. May be used by several threads.
 */
public final class Sandbox {
  private static final String WALL_TIME = "wall time by the kit";

  private final SandboxStatus status;
  private final Isolation isolation;

  private Sandbox(SandboxStatus status, Isolation isolation) {
    this.status = status;
    this.isolation = isolation;
  }

  /**
   * Opens one.
   *
   * @param readable more folders that hand-ins may read, such as those of compilers outside /usr
   * @throws UnavailableException if a sandbox is required and this machine has none
   */
  public static Sandbox open(SandboxChoice choice, List<Path> readable)
      throws InterruptedException, UnavailableException {
    BubblewrapProbe probe =
        choice == SandboxChoice.NONE
            ? new BubblewrapProbe(false, "it was switched off")
            : BubblewrapProbe.run();
    if (choice == SandboxChoice.REQUIRED && !probe.works()) {
      throw new UnavailableException(probe.problem());
    }
    ControlGroups groups = ControlGroups.detect();
    groups.removeStale();
    List<String> folders =
        new ArrayList<>(readable.stream().map(path -> path.toAbsolutePath().toString()).toList());
    Path java = WorkerCommand.javaHome();
    if (!java.startsWith("/usr")) {
      folders.add(java.toString());
    }
    return new Sandbox(status(probe, groups), new Isolation(probe.works(), groups, folders));
  }

  private static SandboxStatus status(BubblewrapProbe probe, ControlGroups groups) {
    List<String> enforced = new ArrayList<>(List.of(WALL_TIME, "output by the kit"));
    List<String> missing = new ArrayList<>();
    String controlGroup = "control groups, version " + groups.version();
    enforced.add(
        "memory by "
            + (groups.has("memory") ? controlGroup : "the kit, which looks four times a second"));
    boolean hasRlimits = Programs.exist("prlimit");
    if (groups.has("pids")) {
      enforced.add("processes by " + controlGroup);
    } else if (probe.works() && KernelVersion.ofSystem().countsProcessesOfNamespaces()) {
      enforced.add("processes by RLIMIT_NPROC");
    } else if (!probe.works() && HostUser.canBeOther() && hasRlimits) {
      enforced.add("processes by RLIMIT_NPROC");
    } else {
      missing.add("processes");
    }
    (hasRlimits ? enforced : missing).add("open files and the size of a file by rlimits");
    enforced.add(
        "processor time by " + (hasRlimits ? "rlimits for each process, and by " : "") + "the kit");
    enforced.add(
        probe.works()
            ? "disk by folders in memory, of a build by the kit"
            : "stored data by the kit");
    if (!probe.works()) {
      missing.add("network");
      missing.addAll(
          HostUser.canBeOther()
              ? List.of("files that all users may read")
              : List.of("files of others", "other files on the disk"));
    }
    IsolationLevel level =
        probe.works()
            ? IsolationLevel.SANDBOX
            : HostUser.canBeOther() ? IsolationLevel.OTHER_USER : IsolationLevel.NONE;
    return new SandboxStatus(level, probe.problem(), enforced, missing);
  }

  /** Whether hand-ins get unprivileged users of their own where there is no sandbox. */
  public static boolean canSeparateUsers() {
    return HostUser.canBeOther();
  }

  /** What isolates the hand-ins. */
  public SandboxStatus status() {
    return status;
  }

  /**
   * Builds a program.
   *
   * @param folder a copy of the hand-in; where root runs the kit, it gets another owner
   * @param command the command, such as {@code make}
   * @param limits what it may use, usually {@link UsageLimits#BUILD}
   * @param bound the time limit
   */
  public BuildEnd build(Path folder, List<String> command, UsageLimits limits, Duration bound)
      throws InterruptedException {
    return new SandboxedBuild(isolation).build(folder.toAbsolutePath(), command, limits, bound);
  }

  /**
   * Plays one scenario with one seed against a program, in a process of its own.
   *
   * @param program the program; its folder is a copy, which gets another owner where root runs the
   *     kit
   * @param limits what each replica may use, usually {@link UsageLimits#REPLICA}
   * @param results an empty folder; the trace is written there
   * @param onBegan is called on another thread when all replicas are ready
   */
  public RunEnd play(
      ReplicaProgram program,
      Scenario scenario,
      long seed,
      UsageLimits limits,
      Path results,
      Runnable onBegan)
      throws InterruptedException {
    return new SandboxedRun(isolation, program, scenario, seed, limits, results.toAbsolutePath())
        .play(onBegan);
  }

  /** Thrown if a sandbox is required and this machine has none. */
  public static final class UnavailableException extends Exception {
    UnavailableException(String problem) {
      super(
          "found no working sandbox ("
              + problem
              + "), expected bubblewrap; `raftlab doctor` says what to do");
    }
  }
}
