package raftlab.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** On Ctrl-C, lets a command end what it does and say what it has found so far. */
final class GracefulShutdown implements AutoCloseable {
  private static final long BOUND_SECONDS = 10;

  private final CountDownLatch said = new CountDownLatch(1);
  private final Thread onExit;

  /** From now on; {@code stop} makes the command come to its end soon. */
  GracefulShutdown(Runnable stop) {
    onExit =
        new Thread(
            () -> {
              stop.run();
              await();
            },
            "raftlab-interrupted");
    Runtime.getRuntime().addShutdownHook(onExit);
  }

  private void await() {
    try {
      said.await(BOUND_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  /** All is said. */
  @Override
  public void close() {
    said.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException interrupted) {
      // It was waiting for this, and the program ends now.
      return;
    }
  }
}
