package raftlab.cluster.process;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import raftlab.wire.Id;

/** The process group of one replica, led by the started process. */
final class ReplicaProcess {
  /** Receives events of a replica, on the replica's threads. */
  interface ReplicaProcessListener {
    void printed(Id replica, boolean error, String line);

    void exited(ReplicaProcess process, int exitCode, List<String> lastWords);

    /** It printed more than it may. */
    void outputExceeded(ReplicaProcess process);
  }

  /** The time for readers after a replica's end; a child process may still hold the pipes. */
  private static final long DRAIN_MILLIS = 200;

  private final Id id;
  private final Process process;
  private final ProcessReaper reaper;
  private final AtomicBoolean isKilled = new AtomicBoolean();

  ReplicaProcess(
      ReplicaCommand command,
      ReplicaSandbox sandbox,
      String token,
      ReplicaLaunch launch,
      ProcessReaper reaper,
      ReplicaProcessListener listener)
      throws IOException {
    this.id = launch.id();
    this.reaper = reaper;
    List<String> program = new ArrayList<>(command.words());
    program.addAll(launch.arguments());
    ProcessBuilder builder =
        new ProcessBuilder().redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    ReplicaCommand.addMarker(builder.environment(), token);
    launch.addTo(builder.environment());
    List<String> words = new ArrayList<>(ReplicaCommand.newSessionPrefix());
    words.addAll(
        sandbox.command(
            new ReplicaSandbox.ReplicaStart(id, launch.data(), launch.trace(), program),
            builder.environment()));
    builder.command(words);
    process = builder.start();
    reaper.watch(process.pid());
    long maxOutput = sandbox.limits().outputBytes();
    Runnable onExceeded = () -> listener.outputExceeded(this);
    Thread out =
        startReader(
            new ReplicaOutput(
                process.getInputStream(),
                line -> listener.printed(id, false, line),
                maxOutput,
                onExceeded),
            "stdout");
    ReplicaOutput errors =
        new ReplicaOutput(
            process.getErrorStream(),
            line -> listener.printed(id, true, line),
            maxOutput,
            onExceeded);
    Thread err = startReader(errors, "stderr");
    startThread("exit", () -> reportExit(out, err, errors, listener)).start();
  }

  private Thread startReader(ReplicaOutput output, String name) {
    Thread thread = startThread(name, output);
    thread.start();
    return thread;
  }

  private Thread startThread(String name, Runnable work) {
    Thread thread = new Thread(null, work, "replica-" + id + "-" + name, 1 << 17);
    thread.setDaemon(true);
    return thread;
  }

  private void reportExit(
      Thread out, Thread err, ReplicaOutput errors, ReplicaProcessListener listener) {
    try {
      int exitCode = process.waitFor();
      out.join(DRAIN_MILLIS);
      err.join(DRAIN_MILLIS);
      listener.exited(this, exitCode, errors.lastLines());
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  Id id() {
    return id;
  }

  /** Returns the ID of its process group. */
  long group() {
    return process.pid();
  }

  /** Kills the whole group. */
  void kill() {
    // Only once: later the ID may belong to another group.
    if (!isKilled.getAndSet(true)) {
      reaper.kill(process.pid());
      process.destroyForcibly();
    }
  }

  /** Pauses the whole group until {@link #resume}. */
  void suspend() {
    reaper.suspend(process.pid());
  }

  void resume() {
    reaper.resume(process.pid());
  }

  /** Waits until the started process has ended, for two seconds at most. */
  void awaitExit() {
    try {
      process.waitFor(2, TimeUnit.SECONDS);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }
}
