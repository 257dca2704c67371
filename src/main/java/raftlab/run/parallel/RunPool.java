package raftlab.run.parallel;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import raftlab.cluster.World;
import raftlab.run.RunOutcome;
import raftlab.run.ScenarioRunner;
import raftlab.scenario.Scenario;
import raftlab.trace.Event;
import raftlab.trace.Trace;

/**
 * Plays runs on a fixed number of threads. A run that the kit fails to play or to judge has an
 * outcome that says so, and the others continue. {@link #close} ends all runs and their threads.
 */
public final class RunPool implements AutoCloseable {
  /** The time for interrupted runs to end. */
  private static final long END_SECONDS = 10;

  /** Makes the outcome of a finished run. */
  @FunctionalInterface
  public interface Judging {
    /** Returns the outcome of a run that took this long. */
    RunOutcome judge(Trace trace, double wallSeconds);
  }

  private final ExecutorService threads;
  private final Set<ScenarioRunner> underway = ConcurrentHashMap.newKeySet();
  private volatile boolean stopped;

  /**
   * Creates a pool.
   *
   * @param jobs how many runs at a time, 1 or more
   */
  public RunPool(int jobs) {
    threads = Executors.newFixedThreadPool(jobs);
  }

  /** Runs this on one of the threads as soon as one is free; it should call {@link #play}. */
  public <T> Future<T> submit(Callable<T> work) {
    return threads.submit(work);
  }

  /**
   * Returns the result of submitted work. If the work threw an exception, that is the cause of the
   * one thrown here.
   */
  public static <T> T get(Future<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException broken) {
      Throwable cause = Objects.requireNonNull(broken.getCause(), "the work threw it");
      throw new IllegalStateException(cause.getMessage(), cause);
    }
  }

  /**
   * Plays and judges a run on the calling thread. If the kit fails to do that, the outcome says so.
   *
   * @param watcher sees each event of the run
   * @return empty if the pool was stopped before the run ended: its trace proves nothing
   */
  public Optional<RunOutcome> play(
      Scenario scenario, World world, long seed, Consumer<Event> watcher, Judging judging) {
    ScenarioRunner run = new ScenarioRunner(scenario, world, seed);
    run.addListener(watcher);
    long from = System.nanoTime();
    return play(
        run,
        trace -> judging.judge(trace, seconds(from)),
        bug -> RunOutcome.ofKitFailure(scenario, run.header(), bug, seconds(from)));
  }

  /**
   * Plays a run on the calling thread.
   *
   * @param whole makes the result of the run's trace; null if it has none
   * @param broken makes the result if playing the run or {@code whole} throws; null if there is
   *     none
   * @return empty if there is no result, or the pool was stopped before there was one
   */
  public <T> Optional<T> play(
      ScenarioRunner run, Function<Trace, T> whole, Function<? super Throwable, T> broken) {
    T result;
    underway.add(run);
    try {
      if (stopped) {
        return Optional.empty();
      }
      Trace trace = run.play();
      // After a stop the replicas may have been killed, too.
      result = stopped ? null : whole.apply(trace);
    } catch (RuntimeException | Error bug) {
      result = stopped ? null : broken.apply(bug);
    } finally {
      underway.remove(run);
    }
    return Optional.ofNullable(result);
  }

  private static double seconds(long fromNanos) {
    return (System.nanoTime() - fromNanos) / 1e9;
  }

  /** Interrupts all runs and starts no other. Any thread may call this. */
  public void stop() {
    stopped = true;
    underway.forEach(ScenarioRunner::interrupt);
  }

  /** Whether it was stopped. */
  public boolean isStopped() {
    return stopped;
  }

  /** Stops all runs, and waits until they have ended. */
  @Override
  public void close() {
    stop();
    threads.shutdown();
    try {
      if (threads.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    threads.shutdownNow();
  }
}
