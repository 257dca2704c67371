package raftlab.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** On Ctrl-C, lets a command stop its work and report its results so far. */
final class GracefulShutdown implements AutoCloseable {
  private static final long BOUND_SECONDS = 10;

  private final CountDownLatch reported = new CountDownLatch(1);
  private final Thread onExit;

  /** Active from now on; {@code stop} makes the command end soon. */
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
      reported.await(BOUND_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  /** The report is complete. */
  @Override
  public void close() {
    reported.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException interrupted) {
      // The hook waited for this, and the program ends now.
      return;
    }
  }
}
