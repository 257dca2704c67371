package raftlab.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import raftlab.cluster.process.HelperProcess;
import raftlab.cluster.process.ProcessOwner;
import raftlab.cluster.process.UsageLimits;

/**
 * Whether this machine can make the kit's sandboxes, tried with a program that does nothing.
 *
 * @param works whether it can
 * @param problem what bubblewrap said if it can't
 */
public record BubblewrapProbe(boolean works, String problem) {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final long MEBIBYTE = 1 << 20;

  /** Tries it. */
  public static BubblewrapProbe run() throws InterruptedException {
    for (String program : List.of(BubblewrapCommand.PROGRAM, "prlimit", "setpriv", "umount")) {
      if (Programs.find(program, Programs.SYSTEM_PATH).isEmpty()) {
        return new BubblewrapProbe(false, program + " is not installed");
      }
    }
    HostUser user = HostUser.ofNew();
    try (ScratchFolder scratch = ScratchFolder.create(user)) {
      List<String> inner =
          new BubblewrapCommand()
              .options("--unshare-user", "--disable-userns", "--unshare-pid", "--unshare-ipc")
              .options("--unshare-uts", "--unshare-cgroup-try")
              .system()
              .kernelFolders(MEBIBYTE)
              .of(List.of("true"));
      List<String> command =
          new OuterSandbox(user, scratch, UsageLimits.WIDE, List.of(), MEBIBYTE)
              .command(List.of(), inner);
      AtomicBoolean hasRun = new AtomicBoolean();
      HelperProcess.HelperResult result =
          HelperProcess.run(
              new HelperProcess.HelperCommand(
                  command,
                  Path.of("/"),
                  Set.of(),
                  Map.of(),
                  BOUND,
                  UsageLimits.WIDE,
                  null,
                  line -> {},
                  () -> {
                    hasRun.set(OuterSandbox.hasRun(scratch));
                    return Optional.empty();
                  },
                  ProcessOwner.SHARED,
                  scratch.path(),
                  List.of()));
      boolean works = result.exitCode() == 0 && hasRun.get();
      return new BubblewrapProbe(works, works ? "" : String.join(" ", result.output()));
    } catch (IOException cant) {
      return new BubblewrapProbe(false, "no temporary folder: " + cant.getMessage());
    }
  }
}
