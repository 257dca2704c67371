package raftlab.cluster.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
final class ProcessReaper implements AutoCloseable {
  /**
   * $1 is the token in the environment of all replicas of this run, $2 the run's folder or empty.
   */
  private static final String SCRIPT =
      """
      trap '' HUP INT QUIT TERM
      groups=' '
      pipes=' '
      # The kit itself never writes to these pipes: each process that holds one is a replica's.
      holders() {
        ls -l /proc/[0-9]*/fd/[12] 2>/dev/null | while read -r line; do
          case $pipes in *" ${line##* } "*)
            pid=${line#*/proc/}
            echo "/proc/${pid%%/*}/fd";;
          esac
        done
      }
      while read -r word group; do
        case $word in
        watch) groups="$groups$group "
          for fd in 1 2; do
            pipe=$(readlink "/proc/$group/fd/$fd" 2>/dev/null)
            case $pipe in pipe:*) pipes="$pipes$pipe ";; esac
          done;;
        kill) kill -KILL -"$group" 2>/dev/null
          groups="${groups%% $group *} ${groups#* $group }";;
        stop) kill -STOP -"$group" 2>/dev/null; echo;;
        go) kill -CONT -"$group" 2>/dev/null; echo;;
        esac
      done
      for group in $groups; do kill -KILL -"$group" 2>/dev/null; done
      # A process that left its group still has the token, or writes to a replica's pipe.
      if [ -d /proc/self ]; then
        for try in 1 2 3; do
          left="$(grep -ls "RAFTLAB_RUN=$1" /proc/[0-9]*/environ) $(holders)"
          left=${left% }
          [ -n "$left" ] || break
          for file in $left; do
            pid=${file#/proc/}
            kill -KILL "${pid%%/*}" 2>/dev/null
          done
        done
      fi
      [ -z "$2" ] || rm -rf -- "$2"
      """;

  /** A shell that doesn't answer within this time is regarded as crashed. */
  private static final long ANSWER_SECONDS = 2;

  private final Process shell;
  private final OutputStream commands;

  /** One permit for each answer of the shell; enough for all commands once it has exited. */
  private final Semaphore answers = new Semaphore(0);

  /**
   * Starts the shell.
   *
   * @param token the token in the environment of the replicas
   * @param folder the folder that is deleted at the end; null for none
   */
  ProcessReaper(String token, @Nullable Path folder) {
    List<String> command = new ArrayList<>(ReplicaCommand.newSessionPrefix());
    command.addAll(List.of("sh", "-c", SCRIPT, "raftlab-guardian", token));
    command.add(folder == null ? "" : folder.toString());
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
  void watch(long group) {
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
