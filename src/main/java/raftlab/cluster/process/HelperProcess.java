package raftlab.cluster.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import raftlab.wire.Id;

/**
 * Runs a helper program, such as a build, until it ends, times out or exceeds a limit. Afterwards
 * it kills all processes that the program started. It keeps a bounded part of the output.
 */
public final class HelperProcess {
  /** The first lines are kept too, since the first error of a compiler is the most useful one. */
  private static final int FIRST_LINES = 15;

  /** The time for reading the pipe after the end; a process that escaped may still hold it. */
  private static final long DRAIN_MILLIS = 500;

  /** A program has one group of processes; the meter wants a number for it. */
  private static final Id METERED = Id.of(0);

  /**
   * A program to run, without input.
   *
   * @param command the program with its arguments
   * @param unset variables that it doesn't inherit
   * @param bound the time limit
   * @param limits what it may use; the kit enforces memory, processor time and output
   * @param stored the folder to which the limit of the disk applies; null for none
   * @param lines receives each line of the output, up to a bound, on another thread
   * @param enforced returns, after the end, the limit that the system enforced, if any
   * @param owner the user of the program
   * @param scratch a folder that is deleted after the end, also if the kit is killed; null for none
   * @param controlGroups folders of control groups that are removed likewise
   */
  public record HelperCommand(
      List<String> command,
      Path folder,
      Collection<String> unset,
      Map<String, String> set,
      Duration bound,
      UsageLimits limits,
      @Nullable Path stored,
      Consumer<String> lines,
      Supplier<Optional<UsageLimit>> enforced,
      ProcessOwner owner,
      @Nullable Path scratch,
      List<Path> controlGroups) {
    /** Copies the lists. */
    public HelperCommand {
      command = List.copyOf(command);
      unset = List.copyOf(unset);
      set = Map.copyOf(set);
      controlGroups = List.copyOf(controlGroups);
    }
  }

  /**
   * The result of the program.
   *
   * @param exitCode its exit code; 137 if it was killed
   * @param timedOut whether it was killed at its timeout
   * @param exceeded the limit that it exceeded, so that the kit or the system killed it
   * @param output its first and last lines, of stdout and stderr in the order in which they came
   */
  public record HelperResult(
      int exitCode, boolean timedOut, Optional<UsageLimit> exceeded, List<String> output) {
    /** Copies the list. */
    public HelperResult {
      output = List.copyOf(output);
    }
  }

  private final HelperCommand command;
  private final List<String> firstLines = new ArrayList<>();
  private int lines;

  /** Holds the first limit that was exceeded, or that the program has ended. */
  private final BlockingQueue<Optional<UsageLimit>> end = new ArrayBlockingQueue<>(1);

  private HelperProcess(HelperCommand command) {
    this.command = command;
  }

  /**
   * Runs a command in this folder, without input and without limits.
   *
   * @param unset variables that it doesn't inherit
   */
  public static HelperResult run(
      List<String> command, Path folder, Collection<String> unset, Duration bound)
      throws InterruptedException {
    return run(
        new HelperCommand(
            command,
            folder,
            unset,
            Map.of(),
            bound,
            UsageLimits.WIDE,
            null,
            line -> {},
            Optional::empty,
            ProcessOwner.SHARED,
            null,
            List.of()));
  }

  /** Runs a program. */
  public static HelperResult run(HelperCommand command) throws InterruptedException {
    return new HelperProcess(command).run();
  }

  private HelperResult run() throws InterruptedException {
    String token = ProcessHandle.current().pid() + "-" + UUID.randomUUID();
    List<String> words = new ArrayList<>(ReplicaCommand.newSessionPrefix());
    words.addAll(command.command);
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(command.folder.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectErrorStream(true);
    builder.environment().keySet().removeAll(command.unset);
    builder.environment().putAll(command.set);
    ReplicaCommand.addMarker(builder.environment(), token);
    // The pipe closes when this program ends, even if it is killed.
    try (ProcessReaper guardian =
            new ProcessReaper(token, command.scratch, command.owner, command.controlGroups);
        ReplicaProcessorMeter meter = command.limits.isMetered() ? meter() : null;
        FolderSizeWatch watch =
            new FolderSizeWatch(
                command.stored, command.limits.diskBytes(), () -> exceeded(UsageLimit.DISK))) {
      watch.start();
      return run(builder, guardian, meter);
    } catch (IOException cantStart) {
      throw new UncheckedIOException(cantStart);
    }
  }

  private ReplicaProcessorMeter meter() {
    return ProcessorSampler.open(
        (id, group, micros, pages) ->
            command.limits.exceededBy(micros, pages).ifPresent(this::exceeded));
  }

  private void exceeded(UsageLimit limit) {
    end.offer(Optional.of(limit));
  }

  private HelperResult run(
      ProcessBuilder builder, ProcessReaper guardian, @Nullable ReplicaProcessorMeter meter)
      throws IOException, InterruptedException {
    Process process = builder.start();
    try {
      guardian.watch(process.pid());
      if (meter != null) {
        meter.watch(METERED, process.pid());
      }
      process.onExit().thenRun(() -> end.offer(Optional.empty()));
      ReplicaOutput output =
          new ReplicaOutput(
              process.getInputStream(),
              this::addLine,
              command.limits.outputBytes(),
              () -> exceeded(UsageLimit.OUTPUT));
      Thread reader = new Thread(null, output, "output", 1 << 17);
      reader.setDaemon(true);
      reader.start();
      Optional<UsageLimit> ended = end.poll(command.bound.toMillis(), TimeUnit.MILLISECONDS);
      guardian.kill(process.pid());
      Optional<UsageLimit> exceeded = ended == null ? Optional.empty() : ended;
      if (exceeded.isEmpty()) {
        exceeded = command.enforced.get();
      }
      guardian.close();
      // By its handle: Process.destroyForcibly would close the pipe and discard unread output.
      process.toHandle().destroyForcibly();
      int exitCode = process.waitFor();
      reader.join(DRAIN_MILLIS);
      return new HelperResult(exitCode, ended == null, exceeded, outputLines(output.lastLines()));
    } finally {
      process.destroyForcibly();
    }
  }

  private synchronized void addLine(String line) {
    lines++;
    if (lines <= FIRST_LINES) {
      firstLines.add(line);
    }
    command.lines.accept(line);
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
