package raftlab.console;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The one thread that uses the lab. In a world with a clock of its own it lets time go on whenever
 * no command is being obeyed: replicas live while a person thinks.
 */
final class LabThread implements AutoCloseable {
  /** What to do between commands. */
  interface Idle {
    /** Lets a little time go on; false if there is nothing to do until the next command. */
    boolean live();
  }

  private final BlockingQueue<FutureTask<?>> tasks = new LinkedBlockingQueue<>();
  private final Idle idle;
  private final Thread thread;
  private volatile boolean closed;

  LabThread(Idle idle) {
    this.idle = idle;
    this.thread = new Thread(this::work, "raftlab-lab");
    thread.setDaemon(true);
    thread.start();
  }

  private void work() {
    try {
      boolean alive = false;
      while (!closed) {
        FutureTask<?> task = alive ? tasks.poll() : tasks.take();
        if (task != null) {
          task.run();
        }
        alive = idle.live();
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  /** Does this on the lab's thread and waits for it. What it throws is thrown here. */
  <T> T call(Callable<T> work) throws Exception {
    FutureTask<T> task = new FutureTask<>(work);
    tasks.add(task);
    try {
      return task.get();
    } catch (ExecutionException thrown) {
      if (thrown.getCause() instanceof Exception exception) {
        throw exception;
      }
      throw new IllegalStateException(thrown.getCause());
    }
  }

  /** Ends the thread after what it is doing now. */
  @Override
  public void close() {
    closed = true;
    tasks.add(new FutureTask<>(() -> null));
  }
}
