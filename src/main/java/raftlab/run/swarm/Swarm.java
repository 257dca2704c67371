package raftlab.run.swarm;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import raftlab.cluster.World;
import raftlab.run.RunOutcome;
import raftlab.run.ScenarioRunner;
import raftlab.scenario.Scenario;

/**
 * Plays the random scenarios of many seeds, several at a time. Outcomes are passed on in the order
 * of seeds, independent of the number of jobs; only a few are kept in memory.
 */
public final class Swarm {
  /** For each job, the most runs that are in progress or finished and not passed on. */
  private static final int AHEAD = 8;

  private static final long END_SECONDS = 10;

  private final World world;
  private final int jobs;
  private final Set<ScenarioRunner> underway = ConcurrentHashMap.newKeySet();
  private volatile boolean stopped;

  /**
   * Creates a swarm.
   *
   * @param jobs how many runs at a time, 1 or more
   */
  public Swarm(World world, int jobs) {
    this.world = world;
    this.jobs = jobs;
  }

  /** Ends all runs soon and begins no other; from any thread. */
  public void stop() {
    stopped = true;
    underway.forEach(ScenarioRunner::interrupt);
  }

  /**
   * Plays one seed after the other.
   *
   * @param first the first seed
   * @param count how many seeds
   * @param goOn gets each outcome, in order; returns whether to go on
   * @throws IllegalStateException if the kit itself failed; the message names the seed
   */
  public void play(long first, long count, Predicate<RunOutcome> goOn) throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(jobs);
    try {
      Deque<Future<RunOutcome>> ahead = new ArrayDeque<>();
      long begun = 0;
      boolean wanted = true;
      while (wanted && !stopped && (begun < count || !ahead.isEmpty())) {
        while (begun < count && ahead.size() < jobs * AHEAD) {
          long seed = first + begun++;
          ahead.add(pool.submit(() -> stopped ? null : playOne(seed)));
        }
        RunOutcome outcome = get(ahead.remove());
        wanted = !stopped && goOn.test(outcome);
      }
    } finally {
      stop();
      pool.shutdown();
      pool.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
    }
  }

  private RunOutcome playOne(long seed) {
    try {
      return play(RandomScenario.of(seed), seed);
    } catch (RuntimeException broken) {
      throw new IllegalStateException("at seed " + seed + ": " + broken.getMessage(), broken);
    }
  }

  private RunOutcome play(Scenario scenario, long seed) {
    ScenarioRunner run = new ScenarioRunner(scenario, world, seed);
    underway.add(run);
    try {
      if (stopped) {
        run.interrupt();
      }
      long from = System.nanoTime();
      return RunOutcome.of(scenario, run.play(), (System.nanoTime() - from) / 1e9);
    } finally {
      underway.remove(run);
    }
  }

  private static RunOutcome get(Future<RunOutcome> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException broken) {
      throw new IllegalStateException(broken.getCause().getMessage(), broken.getCause());
    }
  }
}
