package raftlab.cluster.process;

import java.io.File;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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
   * The limits of a program.
   *
   * @param time how long it may run
   * @param outputBytes how much it may print
   */
  public record HelperLimits(Duration time, long outputBytes) {}

  /**
   * The result of the program.
   *
   * @param exitCode its exit code; 137 if it was killed
   * @param timedOut whether it was killed at its timeout
   * @param flooded whether it was killed because it printed too much
   * @param output its first and last lines, of stdout and stderr in the order in which they came
   */
  public record HelperResult(int exitCode, boolean timedOut, boolean flooded, List<String> output) {
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
      List<String> command, Path folder, Collection<String> unset, HelperLimits limits)
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
      return new HelperProcess().run(builder, guardian, limits);
    } catch (IOException cantStart) {
      throw new UncheckedIOException(cantStart);
    }
  }

  private HelperResult run(ProcessBuilder builder, ProcessReaper guardian, HelperLimits limits)
      throws IOException, InterruptedException {
    Process process = builder.start();
    try {
      guardian.watch(process.pid());
      CompletableFuture<Void> flooded = new CompletableFuture<>();
      ReplicaOutput output =
          new ReplicaOutput(
              new CountedStream(process.getInputStream(), limits.outputBytes(), flooded),
              this::addLine);
      Thread reader = new Thread(null, output, "output", 1 << 17);
      reader.setDaemon(true);
      reader.start();
      boolean ended = hasEnded(process, flooded, limits.time());
      guardian.kill(process.pid());
      guardian.close();
      // By its handle: Process.destroyForcibly would close the pipe and discard unread output.
      process.toHandle().destroyForcibly();
      int exitCode = process.waitFor();
      reader.join(DRAIN_MILLIS);
      boolean tooMuch = flooded.isDone();
      return new HelperResult(
          exitCode, !ended && !tooMuch, tooMuch, outputLines(output.lastLines()));
    } finally {
      process.destroyForcibly();
    }
  }

  /** Waits until it ends, prints too much or times out. */
  private static boolean hasEnded(Process process, CompletableFuture<Void> flooded, Duration bound)
      throws InterruptedException {
    try {
      CompletableFuture.anyOf(process.onExit(), flooded)
          .get(bound.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException late) {
      // Whether it ended is asked below.
    }
    return !process.isAlive();
  }

  /** Tells when more was read than allowed; goes on reading, so that the program doesn't block. */
  private static final class CountedStream extends FilterInputStream {
    private final CompletableFuture<Void> exceeded;
    private long left;

    CountedStream(InputStream in, long bytes, CompletableFuture<Void> exceeded) {
      super(in);
      this.left = bytes;
      this.exceeded = exceeded;
    }

    @Override
    public int read(byte[] to, int from, int most) throws IOException {
      int read = super.read(to, from, most);
      left -= Math.max(0, read);
      if (left < 0) {
        exceeded.complete(null);
      }
      return read;
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
