package raftlab.cluster.process;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import raftlab.wire.Id;

/** The processes of one replica: a group of its own, led by what was started. */
final class ReplicaProcess {
  /** What a replica's threads tell; called on those threads. */
  interface Listener {
    void printed(Id replica, boolean error, String line);

    void exited(ReplicaProcess process, int exitCode, List<String> lastWords);
  }

  /**
   * Readers get this long after a replica's end to finish: a child of its may still hold the pipes.
   */
  private static final long DRAIN_MILLIS = 200;

  private final Id id;
  private final Process process;
  private final Guardian guardian;

  ReplicaProcess(
      ReplicaCommand command,
      String token,
      int port,
      Id id,
      List<Id> others,
      boolean joins,
      Guardian guardian,
      Listener listener)
      throws IOException {
    this.id = id;
    this.guardian = guardian;
    List<String> words = new ArrayList<>(ReplicaCommand.ownGroup());
    words.addAll(command.words());
    words.add(Integer.toString(port));
    words.add(id.toString());
    others.forEach(other -> words.add(other.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    ReplicaCommand.mark(builder.environment(), token);
    if (joins) {
      builder.environment().put("RAFTLAB_JOIN", "1");
    }
    process = builder.start();
    guardian.watch(process.pid());
    Thread out =
        read(
            new Output(process.getInputStream(), line -> listener.printed(id, false, line)),
            "stdout");
    Output errors = new Output(process.getErrorStream(), line -> listener.printed(id, true, line));
    Thread err = read(errors, "stderr");
    thread("exit", () -> await(out, err, errors, listener)).start();
  }

  private Thread read(Output output, String name) {
    Thread thread = thread(name, output);
    thread.start();
    return thread;
  }

  private Thread thread(String name, Runnable work) {
    Thread thread = new Thread(null, work, "replica-" + id + "-" + name, 1 << 17);
    thread.setDaemon(true);
    return thread;
  }

  private void await(Thread out, Thread err, Output errors, Listener listener) {
    try {
      int exitCode = process.waitFor();
      out.join(DRAIN_MILLIS);
      err.join(DRAIN_MILLIS);
      listener.exited(this, exitCode, errors.lastWords());
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  Id id() {
    return id;
  }

  /** Kills the whole group. */
  void kill() {
    guardian.kill(process.pid());
    process.destroyForcibly();
  }

  /** Waits until the process that was started is gone, for two seconds at most. */
  void awaitEnd() {
    try {
      process.waitFor(2, TimeUnit.SECONDS);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }
}
