package raftlab.cluster.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Runs a helper program, such as a build, until it ends or times out. Afterwards it kills all
 * processes that the program started. It keeps a bounded part of the output.
 */
public final class HelperProcess {
  /** The first lines are kept too, since the first error of a compiler is the most useful one. */
  private static final int FIRST_LINES = 15;

  /** The time for reading the pipe after the end; a process that escaped may still hold it. */
  private static final long DRAIN_MILLIS = 500;

  /**
   * The result of the program.
   *
   * @param exitCode its exit code; 137 if it was killed
   * @param timedOut whether it was killed at its timeout
   * @param output its first and last lines, of stdout and stderr in the order in which they came
   */
  public record HelperResult(int exitCode, boolean timedOut, List<String> output) {
    /** Copies the list. */
    public HelperResult {
      output = List.copyOf(output);
    }
  }

  private final List<String> firstLines = new ArrayList<>();
  private int lines;

  private HelperProcess() {}

  /**
   * Runs a command in this folder, without input.
   *
   * @param unset variables that it doesn't inherit
   */
  public static HelperResult run(
      List<String> command, Path folder, Collection<String> unset, Duration bound)
      throws InterruptedException {
    String token = ProcessHandle.current().pid() + "-" + UUID.randomUUID();
    List<String> words = new ArrayList<>(ReplicaCommand.newSessionPrefix());
    words.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectErrorStream(true);
    builder.environment().keySet().removeAll(unset);
    ReplicaCommand.addMarker(builder.environment(), token);
    // The pipe closes when this program ends, even if it is killed.
    try (ProcessReaper guardian = new ProcessReaper(token, null)) {
      return new HelperProcess().run(builder, guardian, bound);
    } catch (IOException cantStart) {
      throw new UncheckedIOException(cantStart);
    }
  }

  private HelperResult run(ProcessBuilder builder, ProcessReaper guardian, Duration bound)
      throws IOException, InterruptedException {
    Process process = builder.start();
    try {
      guardian.watch(process.pid());
      ReplicaOutput output = new ReplicaOutput(process.getInputStream(), this::addLine);
      Thread reader = new Thread(null, output, "output", 1 << 17);
      reader.setDaemon(true);
      reader.start();
      boolean ended = process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS);
      guardian.kill(process.pid());
      guardian.close();
      // By its handle: Process.destroyForcibly would close the pipe and discard unread output.
      process.toHandle().destroyForcibly();
      int exitCode = process.waitFor();
      reader.join(DRAIN_MILLIS);
      return new HelperResult(exitCode, !ended, outputLines(output.lastLines()));
    } finally {
      process.destroyForcibly();
    }
  }

  private synchronized void addLine(String line) {
    lines++;
    if (lines <= FIRST_LINES) {
      firstLines.add(line);
    }
  }

  private synchronized List<String> outputLines(List<String> last) {
    List<String> kept = new ArrayList<>(firstLines);
    int further = lines - firstLines.size();
    if (further > last.size()) {
      kept.add("... (lines left out)");
    }
    kept.addAll(last.subList(Math.max(0, last.size() - further), last.size()));
    return kept;
  }
}
