package raftlab.suite;

import java.util.function.Consumer;
import raftlab.cluster.ProcessorCount;
import raftlab.cluster.World;
import raftlab.trace.Event;

/**
 * Chooses how many runs are played at a time. In the process world only one of them starts its
 * replicas at any moment, because they need most processor time then.
 */
final class ParallelismChooser {
  /** After this time without all replicas ready, the next run may start. */
  private static final long LONGEST_START_MILLIS = 3_000;

  private static final int RUNS_PER_PROCESSOR = 3;

  /** A run that may start. */
  final class RunSlot implements AutoCloseable {
    private final boolean isMeasured;
    private boolean isStarting;

    private RunSlot(boolean isMeasured, boolean isStarting) {
      this.isMeasured = isMeasured;
      this.isStarting = isStarting;
    }

    /** Processes the next event of the run, on the run's thread. */
    void onEvent(Event event) {
      if (isMeasured) {
        processorNeed.onEvent(event);
        if (processorNeed.isComplete()) {
          choose();
        }
      }
      if (event instanceof Event.Began) {
        started(this);
      }
    }

    @Override
    public void close() {
      if (isMeasured) {
        choose();
      }
      started(this);
      end();
    }
  }

  private final int most;
  private final boolean adapts;
  private final boolean startsOneByOne;
  private final Consumer<String> onChosen;
  private final ProcessorNeed processorNeed = new ProcessorNeed();
  private int limit;
  private int underway;
  private int starting;
  private boolean isChosen;
  private boolean hasBegun;

  private ParallelismChooser(
      int most, int limit, boolean startsOneByOne, Consumer<String> onChosen) {
    this.most = most;
    this.limit = limit;
    this.startsOneByOne = startsOneByOne;
    this.onChosen = onChosen;
    this.adapts = limit < most;
    this.isChosen = !adapts;
  }

  /** A fixed number. */
  static ParallelismChooser fixed(World world, int jobs) {
    return new ParallelismChooser(jobs, jobs, world.usesWallClock(), words -> {});
  }

  /**
   * As many as the machine can run: the first run is played alone, to measure what it needs.
   *
   * @param onReduced receives the reason for the number, if it is less than usual
   */
  static ParallelismChooser measured(World world, Consumer<String> onReduced) {
    int most = defaultJobs(world);
    return world.usesWallClock()
        ? new ParallelismChooser(most, 1, true, onReduced)
        : fixed(world, most);
  }

  /** The number for replicas that need little. A run without the wall clock needs one processor. */
  static int defaultJobs(World world) {
    return (world.usesWallClock() ? RUNS_PER_PROCESSOR : 1) * ProcessorCount.count();
  }

  /** The largest possible number. */
  int most() {
    return most;
  }

  /** The current limit. */
  synchronized int limit() {
    return limit;
  }

  /** Waits until another run may start. */
  synchronized RunSlot begin() throws InterruptedException {
    while (underway >= limit) {
      wait();
    }
    underway++; // counted now, so that no other run starts while this one waits for its turn
    long until = System.nanoTime() + LONGEST_START_MILLIS * 1_000_000;
    long left = LONGEST_START_MILLIS;
    while (startsOneByOne && starting > 0 && left > 0) {
      wait(left);
      left = (until - System.nanoTime()) / 1_000_000;
    }
    starting++;
    boolean first = !hasBegun;
    hasBegun = true;
    return new RunSlot(first && !isChosen, true);
  }

  private synchronized void started(RunSlot turn) {
    if (turn.isStarting) {
      turn.isStarting = false;
      starting--;
      notifyAll();
    }
  }

  private synchronized void end() {
    underway--;
    notifyAll();
  }

  private synchronized void choose() {
    if (isChosen) {
      return;
    }
    isChosen = true;
    limit = processorNeed.isKnown() ? processorNeed.jobs(most) : most;
    if (limit < most) {
      onChosen.accept(processorNeed.description(limit));
    }
    notifyAll();
  }

  /** A run was spoiled by other runs: lowers the limit. */
  synchronized void overloaded() {
    limit = adapts ? Math.max(1, limit - Math.max(1, limit / 3)) : limit;
  }
}
