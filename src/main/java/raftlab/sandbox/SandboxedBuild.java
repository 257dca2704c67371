package raftlab.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import raftlab.cluster.process.HelperProcess;
import raftlab.cluster.process.HelperProcess.HelperCommand;
import raftlab.cluster.process.HelperProcess.HelperResult;
import raftlab.cluster.process.ProcessOwner;
import raftlab.cluster.process.UsageLimit;
import raftlab.cluster.process.UsageLimits;

/** Builds one hand-in. */
final class SandboxedBuild {
  /** Where a build sees the hand-in. */
  private static final Path PLACE = Path.of("/handin");

  private static final String PART = "build";
  private static final long TEMPORARY_BYTES = 512L << 20;

  private final Isolation isolation;

  SandboxedBuild(Isolation isolation) {
    this.isolation = isolation;
  }

  BuildEnd build(Path folder, List<String> command, UsageLimits limits, Duration bound)
      throws InterruptedException {
    HostUser user = HostUser.ofHandIn(folder);
    try (ScratchFolder scratch = ScratchFolder.beside(folder, user)) {
      Optional<RunControlGroup> group = isolation.newGroup();
      if (group.isPresent()) {
        group.get().addPart(PART, limits, user);
      }
      List<Path> members = group.map(own -> own.membersFiles(PART)).orElse(List.of());
      List<String> words =
          isolation.isSandboxed()
              ? isolated(folder, command, limits, user, scratch, members)
              : plain(folder, command, limits, user, scratch, members);
      long from = System.nanoTime();
      AtomicBoolean hasRun = new AtomicBoolean();
      HelperResult result =
          HelperProcess.run(
              new HelperCommand(
                  words,
                  isolation.isSandboxed() ? Path.of("/") : folder,
                  MakeVariables.OURS,
                  Map.of(),
                  bound,
                  limits,
                  folder,
                  line -> {},
                  () -> {
                    hasRun.set(OuterSandbox.hasRun(scratch));
                    return limit(group);
                  },
                  isolation.isSandboxed()
                      ? ProcessOwner.SHARED
                      : new ProcessOwner(user.id(), folder),
                  scratch.path(),
                  group.map(RunControlGroup::roots).orElse(List.of())));
      double seconds = (System.nanoTime() - from) / 1e9;
      return end(result, limits, bound, seconds, isolation.isSandboxed() && !hasRun.get());
    } catch (IOException cant) {
      throw new UncheckedIOException(cant);
    }
  }

  private static Optional<UsageLimit> limit(Optional<RunControlGroup> group) {
    return group.isPresent() && group.get().memoryKills(PART) > 0
        ? Optional.of(UsageLimit.MEMORY)
        : Optional.empty();
  }

  private List<String> isolated(
      Path folder,
      List<String> command,
      UsageLimits limits,
      HostUser user,
      ScratchFolder scratch,
      List<Path> members) {
    OuterSandbox sandbox =
        new OuterSandbox(user, scratch, limits, isolation.readable(), TEMPORARY_BYTES);
    sandbox.parts().writable(folder, PLACE).options("--chdir", PLACE.toString());
    List<String> inner = ResourceLimits.inNamespace(limits);
    inner.addAll(command);
    return sandbox.command(members, OuterSandbox.withoutNamespaces(inner));
  }

  private List<String> plain(
      Path folder,
      List<String> command,
      UsageLimits limits,
      HostUser user,
      ScratchFolder scratch,
      List<Path> members) {
    user.openPathTo(folder);
    List<String> inner =
        new ArrayList<>(user.prefix(SandboxVariables.of(limits, isolation.readable())));
    inner.addAll(
        user.isOther()
            ? ResourceLimits.ofUser(limits, limits.processes())
            : ResourceLimits.ofPlainProcess(limits));
    inner.addAll(command);
    return OuterSandbox.entering(scratch, members, inner);
  }

  private static BuildEnd end(
      HelperResult result, UsageLimits limits, Duration bound, double seconds, boolean neverRan) {
    Optional<UsageLimit> limit =
        result.exceeded().isPresent() ? result.exceeded() : ofSignal(result.exitCode());
    Fault fault = result.exitCode() == 0 ? Fault.NONE : Fault.SUBMISSION;
    String reason = result.exitCode() == 0 ? "" : "exit code " + result.exitCode();
    if (limit.isPresent()) {
      fault = Fault.SUBMISSION;
      reason = "it " + limit.get().exceeded(limits);
    } else if (result.timedOut()) {
      fault = Fault.SUBMISSION;
      reason = String.format(Locale.ROOT, "it exceeded the limit of %d s", bound.toSeconds());
    } else if (neverRan) {
      fault = Fault.KIT;
      reason = "its sandbox could not be made: " + String.join(" ", result.output());
    }
    return new BuildEnd(
        fault, result.exitCode(), result.timedOut(), limit, reason, seconds, result.output());
  }

  private static Optional<UsageLimit> ofSignal(int exitCode) {
    return exitCode == 128 + ReplicaLaunchers.SIGXCPU
        ? Optional.of(UsageLimit.PROCESSOR)
        : Optional.empty();
  }
}
