package raftlab.cli;

import java.util.Locale;

/**
 * Says on Ctrl-C that it was noticed, below whatever progress line the terminal shows. The cluster
 * ends its processes.
 */
final class InterruptNotice implements AutoCloseable {
  private final Thread onExit =
      new Thread(
          () -> System.err.printf(Locale.ROOT, "%nraftlab: interrupted; all replicas are ended%n"),
          "raftlab-interrupted");

  InterruptNotice() {
    Runtime.getRuntime().addShutdownHook(onExit);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException interrupted) {
      // It is being said.
      return;
    }
  }
}
