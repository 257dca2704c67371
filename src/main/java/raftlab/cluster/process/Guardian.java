package raftlab.cluster.process;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Makes sure that no replica outlives the kit: a shell that reads a pipe from us, kills process
 * groups as it is told, and kills all that are left when the pipe closes, for whatever reason it
 * closes; {@code kill -9} of the kit included.
 *
 * <p>It is also how the kit kills a whole group at all: Java can only signal single processes.
 */
final class Guardian implements AutoCloseable {
  /** $1 is the mark that all replicas of this run carry in their environment. */
  private static final String SCRIPT =
      """
      trap '' HUP INT QUIT TERM
      groups=' '
      while read -r word group; do
        case $word in
        watch) groups="$groups$group ";;
        kill) kill -KILL -"$group" 2>/dev/null
          groups="${groups%% $group *} ${groups#* $group }";;
        esac
      done
      for group in $groups; do kill -KILL -"$group" 2>/dev/null; done
      # Whoever has left its group still carries the mark.
      [ -d /proc/self ] || exit 0
      for try in 1 2 3; do
        left=$(grep -ls "RAFTLAB_RUN=$1" /proc/[0-9]*/environ)
        [ -n "$left" ] || exit 0
        for file in $left; do
          pid=${file#/proc/}
          kill -KILL "${pid%/environ}" 2>/dev/null
        done
      done
      """;

  private final Process shell;
  private final OutputStream orders;

  Guardian(String token) {
    List<String> command = new ArrayList<>(ReplicaCommand.ownGroup());
    command.addAll(List.of("sh", "-c", SCRIPT, "raftlab-guardian", token));
    try {
      shell =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException noShell) {
      throw new UncheckedIOException("can't start a shell to guard the replicas", noShell);
    }
    orders = shell.getOutputStream();
  }

  /** From now on this group dies with the kit. */
  void watch(long group) {
    order("watch " + group);
  }

  /** Kills all processes of this group now. */
  void kill(long group) {
    order("kill " + group);
  }

  private void order(String line) {
    try {
      orders.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
      orders.flush();
    } catch (IOException gone) {
      // Somebody killed the guardian; what we can kill ourselves is killed by process ID.
      return;
    }
  }

  /** Kills all that is left and waits until that is done, for two seconds at most. */
  @Override
  public void close() {
    try {
      orders.close();
      shell.waitFor(2, TimeUnit.SECONDS);
    } catch (IOException gone) {
      return;
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }
}
