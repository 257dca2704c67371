package raftlab.grade;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import raftlab.cluster.process.ReplicaCommand;
import raftlab.cluster.process.UsageLimit;
import raftlab.cluster.process.UsageLimits;
import raftlab.grade.store.Fault;
import raftlab.grade.store.FaultRecord;
import raftlab.handin.TemporaryFolder;
import raftlab.sandbox.ReplicaProgram;
import raftlab.sandbox.RunEnd;
import raftlab.sandbox.Sandbox;
import raftlab.scenario.Scenario;
import raftlab.trace.Trace;
import raftlab.trace.TraceFile;

/** Plays runs in workers, each in a sandbox of its own if there is one. */
final class SandboxPlayer implements RunPlayer {
  private final Sandbox sandbox;
  private final ReplicaProgram program;

  /** The folder of the copy; results of runs are put beside it. */
  private final Path copy;

  private final AtomicInteger runs = new AtomicInteger();
  private final Set<Thread> underway = ConcurrentHashMap.newKeySet();
  private volatile boolean stopped;

  private SandboxPlayer(Sandbox sandbox, ReplicaProgram program, Path copy) {
    this.sandbox = sandbox;
    this.program = program;
    this.copy = copy;
  }

  /**
   * A player of a built hand-in.
   *
   * @param folder the folder of the program, in the copy
   * @param copy the folder of the copy
   * @param command the command that starts a replica; its last word is the program
   */
  static SandboxPlayer of(Sandbox sandbox, Path folder, Path copy, ReplicaCommand command) {
    Path program = Path.of(command.words().get(command.words().size() - 1));
    return new SandboxPlayer(
        sandbox,
        new ReplicaProgram(folder, folder.relativize(program).toString(), command.userWords()),
        copy);
  }

  @Override
  public Optional<PlayedRun> play(Scenario scenario, long seed, Runnable onBegun)
      throws InterruptedException, NoTraceException {
    Path results = copy.resolveSibling(copy.getFileName() + "-run-" + runs.incrementAndGet());
    long from = System.nanoTime();
    underway.add(Thread.currentThread());
    try {
      if (stopped) {
        return Optional.empty();
      }
      Files.createDirectory(results);
      RunEnd end = sandbox.play(program, scenario, seed, UsageLimits.REPLICA, results, onBegun);
      double seconds = (System.nanoTime() - from) / 1e9;
      return stopped ? Optional.empty() : Optional.of(played(end, seconds));
    } catch (IOException cant) {
      throw new UncheckedIOException(cant);
    } catch (InterruptedException stopping) {
      if (stopped) {
        return Optional.empty();
      }
      throw stopping;
    } finally {
      underway.remove(Thread.currentThread());
      TemporaryFolder.delete(results);
    }
  }

  private static PlayedRun played(RunEnd end, double seconds) throws IOException, NoTraceException {
    if (end.trace().isEmpty()) {
      throw new NoTraceException(fault(end), seconds);
    }
    // Without a sandbox replicas see where the copy is. Their output is evidence for the team.
    Trace trace = CopyPaths.remove(TraceFile.read(end.trace().get()));
    return new PlayedRun(trace, seconds, fault(end));
  }

  private static FaultRecord fault(RunEnd end) {
    return fault(end.fault(), end.reason(), end.exitCode(), end.limit());
  }

  /** What the sandbox found out, as a record. */
  static FaultRecord fault(
      raftlab.sandbox.Fault fault, String text, int exitCode, Optional<UsageLimit> limit) {
    if (fault == raftlab.sandbox.Fault.NONE) {
      return FaultRecord.NONE;
    }
    FaultRecord exit = FaultRecord.ofExit(text, exitCode);
    return new FaultRecord(
        Fault.valueOf(fault.name()),
        text,
        exitCode,
        exit.signal(),
        limit.map(its -> its.name().toLowerCase(Locale.ROOT).replace('_', ' ')).orElse(""));
  }

  @Override
  public void stop() {
    stopped = true;
    underway.forEach(Thread::interrupt);
  }
}
