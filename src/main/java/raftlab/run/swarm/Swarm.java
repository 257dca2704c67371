package raftlab.run.swarm;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import raftlab.cluster.World;
import raftlab.run.RunOutcome;
import raftlab.run.parallel.RunPool;
import raftlab.scenario.Scenario;

/**
 * Plays the random scenarios of many seeds in parallel. Outcomes are reported in the order of the
 * seeds, so that they don't depend on the number of jobs. Only a few outcomes are kept at a time. A
 * swarm is played once.
 */
public final class Swarm {
  /** For each job, the most runs that are in progress or finished and not passed on. */
  private static final int RUNS_AHEAD_PER_JOB = 8;

  private final LongFunction<World> worlds;
  private final int jobs;
  private final RunPool pool;
  private final boolean contractOnly;

  /**
   * Creates a swarm in which all runs have the same replicas.
   *
   * @param jobs how many runs at a time, 1 or more
   */
  public Swarm(World world, int jobs) {
    this(seed -> world, jobs, false);
  }

  /**
   * Creates a swarm whose scenarios use all that the reference replica has.
   *
   * @param worlds the world of each seed, which may differ in the settings of the replicas
   * @param jobs how many runs at a time, 1 or more
   */
  public Swarm(LongFunction<World> worlds, int jobs) {
    this(worlds, jobs, false);
  }

  /**
   * Creates a swarm.
   *
   * @param worlds the world of each seed, which may differ in the settings of the replicas
   * @param jobs how many runs at a time, 1 or more
   * @param contractOnly whether the scenarios use nothing that a replica may lack
   */
  public Swarm(LongFunction<World> worlds, int jobs, boolean contractOnly) {
    this.contractOnly = contractOnly;
    this.worlds = worlds;
    this.jobs = jobs;
    this.pool = new RunPool(jobs);
  }

  /** Interrupts all runs and starts no other. Any thread may call this. */
  public void stop() {
    pool.stop();
  }

  /**
   * Plays one seed after the other.
   *
   * @param first the first seed
   * @param count how many seeds
   * @param goOn takes each outcome, in order; returns whether to continue
   * @throws IllegalStateException if no scenario can be made of a seed; the message names it
   */
  public void play(long first, long count, Predicate<RunOutcome> goOn) throws InterruptedException {
    try (pool) {
      Deque<Future<Optional<RunOutcome>>> ahead = new ArrayDeque<>();
      long begun = 0;
      boolean wanted = true;
      while (wanted && !pool.isStopped() && (begun < count || !ahead.isEmpty())) {
        while (begun < count && ahead.size() < jobs * RUNS_AHEAD_PER_JOB) {
          long seed = first + begun++;
          ahead.add(pool.submit(() -> play(seed)));
        }
        Optional<RunOutcome> outcome = RunPool.get(ahead.remove());
        wanted = outcome.isPresent() && !pool.isStopped() && goOn.test(outcome.get());
      }
    }
  }

  private Optional<RunOutcome> play(long seed) {
    Scenario scenario;
    try {
      scenario = RandomScenario.of(seed, contractOnly);
    } catch (RuntimeException broken) {
      throw new IllegalStateException("at seed " + seed + ": " + broken.getMessage(), broken);
    }
    return pool.play(
        scenario,
        worlds.apply(seed),
        seed,
        event -> {},
        (trace, seconds) -> RunOutcome.of(scenario, trace, seconds));
  }
}
