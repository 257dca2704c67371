package raftlab.console;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that uses the lab. In a world with a clock of its own it lets time go on whenever
 * no command is being obeyed: replicas live while a person thinks. If it fails between two
 * commands, it ends; every later command then fails at once.
 */
final class LabThread implements AutoCloseable {
  /** What to do between commands. */
  interface IdleTask {
    /** Lets a little time go on; false if there is nothing to do until the next command. */
    boolean advance();
  }

  /** A command's work, and the call that waits for it. */
  private record Task<T>(Callable<T> work, CompletableFuture<T> result) {
    void run() {
      try {
        result.complete(work.call());
      } catch (Throwable thrown) {
        result.completeExceptionally(thrown);
      }
    }
  }

  private final BlockingQueue<Task<?>> tasks = new LinkedBlockingQueue<>();
  private final IdleTask idle;
  private volatile boolean closed;

  /** Why no further task is done; null while they are. Guarded by this. */
  private @Nullable IllegalStateException ended;

  LabThread(IdleTask idle) {
    this.idle = idle;
    Thread thread = new Thread(this::work, "raftlab-lab");
    thread.setDaemon(true);
    thread.start();
  }

  private void work() {
    try {
      boolean alive = false;
      while (!closed) {
        Task<?> task = alive ? tasks.poll() : tasks.take();
        if (task != null) {
          task.run();
        }
        alive = idle.advance();
      }
      end(new IllegalStateException("the console is closed"));
    } catch (Throwable failed) {
      end(new IllegalStateException("the lab failed, start the console again: " + failed, failed));
    }
  }

  /** Fails all tasks that wait, and all that come. */
  private void end(IllegalStateException why) {
    List<Task<?>> waiting = new ArrayList<>();
    synchronized (this) {
      ended = why;
      tasks.drainTo(waiting);
    }
    waiting.forEach(task -> task.result.completeExceptionally(why));
  }

  private synchronized void add(Task<?> task) {
    if (ended != null) {
      throw new IllegalStateException(ended.getMessage(), ended.getCause());
    }
    tasks.add(task);
  }

  /**
   * Does this on the lab's thread and waits for it. What it throws is thrown here.
   *
   * @throws IllegalStateException if the lab's thread has ended
   */
  <T> T call(Callable<T> work) throws Exception {
    Task<T> task = new Task<>(work, new CompletableFuture<>());
    add(task);
    try {
      return task.result.get();
    } catch (ExecutionException thrown) {
      if (thrown.getCause() instanceof Exception exception) {
        throw exception;
      }
      throw new IllegalStateException(thrown.getCause());
    }
  }

  /** Ends the thread after what it is doing now. */
  @Override
  public synchronized void close() {
    closed = true;
    if (ended == null) {
      tasks.add(new Task<>(() -> null, new CompletableFuture<>()));
    }
  }
}
