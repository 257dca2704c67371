package raftlab.cli;

import java.util.Locale;

/** Confirms Ctrl-C below the progress line of the terminal. The cluster ends its processes. */
final class InterruptNotice implements AutoCloseable {
  private final Thread onExit =
      new Thread(
          () ->
              System.err.printf(Locale.ROOT, "%nraftlab: interrupted; all replicas are stopped%n"),
          "raftlab-interrupted");

  InterruptNotice() {
    Runtime.getRuntime().addShutdownHook(onExit);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException interrupted) {
      // The message is being printed.
      return;
    }
  }
}
