package raftlab.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Stops a command after a time, unless it ends before. */
final class TimeLimit implements AutoCloseable {
  private final CountDownLatch ended = new CountDownLatch(1);

  private TimeLimit() {}

  /**
   * Begins to wait.
   *
   * @param seconds the time; null for no limit
   * @param stop makes the command end soon
   */
  static TimeLimit of(@Nullable Integer seconds, Runnable stop) {
    TimeLimit limit = new TimeLimit();
    if (seconds != null) {
      Thread waiting = new Thread(() -> limit.await(seconds, stop), "raftlab-time-limit");
      waiting.setDaemon(true);
      waiting.start();
    }
    return limit;
  }

  private void await(int seconds, Runnable stop) {
    try {
      if (!ended.await(seconds, TimeUnit.SECONDS)) {
        stop.run();
      }
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    ended.countDown();
  }
}
