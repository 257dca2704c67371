package raftlab.cluster.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure that no replica outlives the kit. It is a shell that reads commands from a pipe, kills
 * process groups on command, and kills all that are left when the pipe closes, even after {@code
 * kill -9} of the kit. It also deletes the run's folder.
 *
 * <p>The kit also kills and pauses process groups through it, since Java can only kill single
 * processes.
 */
public final class ProcessReaper implements AutoCloseable {
  /**
   * Its arguments: the token in the environment of all replicas of this run, the run's folder or
   * empty, the number of the replicas' own user or empty, the folder of its that is kept or empty,
   * and folders of control groups.
   */
  private static final String SCRIPT = script();

  /** A shell that doesn't answer within this time is regarded as crashed. */
  private static final long ANSWER_SECONDS = 2;

  private final Process shell;
  private final OutputStream commands;

  /** One permit for each answer of the shell; enough for all commands once it has exited. */
  private final Semaphore answers = new Semaphore(0);

  private static String script() {
    try (InputStream in = ProcessReaper.class.getResourceAsStream("reaper.sh")) {
      return new String(
          Objects.requireNonNull(in, "it is in the jar").readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /**
   * Starts the shell.
   *
   * @param token the token in the environment of the replicas
   * @param folder the folder that is deleted at the end; null for none
   */
  public ProcessReaper(String token, @Nullable Path folder) {
    this(token, folder, ProcessOwner.SHARED, List.of());
  }

  /**
   * Starts the shell.
   *
   * @param token the token in the environment of the replicas
   * @param folder the folder that is deleted at the end; null for none
   * @param user the user that only these replicas have
   * @param controlGroups folders of control groups that are removed at the end
   */
  ProcessReaper(String token, @Nullable Path folder, ProcessOwner user, List<Path> controlGroups) {
    List<String> command = new ArrayList<>(ReplicaCommand.newSessionPrefix());
    command.addAll(List.of("sh", "-c", SCRIPT, "raftlab-guardian", token));
    command.add(folder == null ? "" : folder.toString());
    command.add(user.isShared() ? "" : Integer.toString(user.user()));
    command.add(user.kept() == null ? "" : user.kept().toString());
    controlGroups.forEach(group -> command.add(group.toString()));
    try {
      shell = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    } catch (IOException noShell) {
      throw new UncheckedIOException("can't start a shell to guard the replicas", noShell);
    }
    commands = shell.getOutputStream();
    Thread reader = new Thread(this::readAnswers, "raftlab-guardian");
    reader.setDaemon(true);
    reader.start();
  }

  private void readAnswers() {
    try (InputStream in = shell.getInputStream()) {
      while (in.read() >= 0) {
        answers.release();
      }
    } catch (IOException e) {
      // As if the shell had ended: no more answers come.
    }
    answers.release(Integer.MAX_VALUE / 2);
  }

  /** Registers a group, which is killed when the kit ends. */
  public void watch(long group) {
    sendCommand("watch " + group);
  }

  /** Kills all processes of this group now. */
  void kill(long group) {
    sendCommand("kill " + group);
  }

  /**
   * Pauses all processes of this group, and returns after the signals were sent. Paused processes
   * can be killed.
   */
  void suspend(long group) {
    sendCommand("stop " + group);
    awaitAnswer();
  }

  /** Resumes the processes of this group, and returns after the signals were sent. */
  void resume(long group) {
    sendCommand("go " + group);
    awaitAnswer();
  }

  /** Waits until the shell has executed the command or has exited, for a bounded time. */
  private void awaitAnswer() {
    try {
      answers.tryAcquire(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }

  private void sendCommand(String line) {
    try {
      commands.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
      commands.flush();
    } catch (IOException e) {
      // The shell was killed; kill by process ID what can be killed.
      return;
    }
  }

  /** Kills all that is left and waits for that, for two seconds at most. */
  @Override
  public void close() {
    try {
      commands.close();
      shell.waitFor(2, TimeUnit.SECONDS);
    } catch (IOException e) {
      return;
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }
}
