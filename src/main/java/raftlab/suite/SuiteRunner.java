package raftlab.suite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import raftlab.cluster.World;
import raftlab.run.RunOutcome;
import raftlab.run.ScenarioRunner;
import raftlab.run.parallel.RunPool;
import raftlab.scenario.Scenario;
import raftlab.trace.Event;
import raftlab.trace.Trace;

/**
 * Plays the scenarios of a suite, several at a time, and those that an overloaded machine spoilt
 * once more, alone.
 */
public final class SuiteRunner {
  /**
   * One run to be played.
   *
   * @param repetition 0 for the first
   */
  public record Task(Scenario scenario, int repetition, long seed) {}

  /** What is told while a suite is played, one call at a time. */
  public interface Listener {
    /** A run has begun. */
    void began(Task task);

    /** A run has ended; its outcome is final unless the machine was overloaded. */
    void ended(Task task, RunOutcome outcome);

    /**
     * Fewer runs than usual are played at a time.
     *
     * @param why how many, and why, in words
     */
    default void chose(String why) {}
  }

  private final World world;
  private final ParallelismChooser jobs;
  private final Listener listener;
  private final RunPool pool;
  private BiConsumer<RunOutcome, Trace> keeper = (outcome, trace) -> {};
  private boolean suspects = true;

  /** Null if all is played whatever comes of it. */
  private BlockedSuiteDetector deadEnd;

  /**
   * A suite that hasn't begun.
   *
   * @param jobs how many runs at a time, 1 or more
   */
  public SuiteRunner(World world, int jobs, Listener listener) {
    this(world, ParallelismChooser.fixed(world, jobs), listener);
  }

  private SuiteRunner(World world, ParallelismChooser jobs, Listener listener) {
    this.world = world;
    this.jobs = jobs;
    this.pool = new RunPool(jobs.most());
    this.listener = listener;
  }

  /**
   * A suite that hasn't begun, with as many runs at a time as this machine has room for. That
   * depends on the replicas: the first run is played alone until it is known what it needs, and
   * there are fewer when runs come back that other runs have spoilt.
   */
  public static SuiteRunner measured(World world, Listener listener) {
    ParallelismChooser jobs =
        ParallelismChooser.measured(
            world,
            why -> {
              synchronized (listener) {
                listener.chose(why);
              }
            });
    return new SuiteRunner(world, jobs, listener);
  }

  /**
   * The runs of suites: every scenario with every seed. A scenario's own seed counts for its first
   * repetition.
   *
   * @param seed the seed of the first repetition; each further one has the next
   */
  public static List<Task> tasks(
      List<Suite> suites, int repeat, long seed, boolean ignoreOwnSeeds) {
    List<Task> tasks = new ArrayList<>();
    for (int repetition = 0; repetition < repeat; repetition++) {
      for (Suite suite : suites) {
        for (Scenario scenario : suite.scenarios()) {
          long first = ignoreOwnSeeds ? seed : scenario.seed().orElse(seed);
          tasks.add(new Task(scenario, repetition, first + repetition));
        }
      }
    }
    return tasks;
  }

  /** How many runs at a time this machine has room for, if their replicas need little. */
  public static int defaultJobs(World world) {
    return ParallelismChooser.usual(world);
  }

  /** Who wants to see the trace of each run before it is forgotten; on several threads. */
  public void keep(BiConsumer<RunOutcome, Trace> traces) {
    keeper = traces;
  }

  /** Does without looking for what is suspicious about runs that pass: that takes time. */
  public void suspectNobody() {
    suspects = false;
  }

  /**
   * Plays first a few scenarios that have a setup step; if that fails in all of them, for the same
   * reason, the others aren't played and count as blocked.
   */
  public void endEarlyIfBlocked() {
    deadEnd = new BlockedSuiteDetector();
  }

  /** Ends all runs soon, and begins no other; from any thread. */
  public void stop() {
    pool.stop();
  }

  /**
   * Plays all tasks; {@code inOrder} gets each final outcome in the tasks' order, as soon as it and
   * all before it are there. If it is stopped, the outcomes that are there by then are the last; a
   * part of a run has none. A suite is played once.
   *
   * @return whether all were played; not if it was stopped
   */
  public boolean play(List<Task> tasks, Consumer<RunOutcome> inOrder) throws InterruptedException {
    try (pool) {
      Map<Integer, Future<Optional<RunOutcome>>> futures = new HashMap<>();
      for (int place : order(tasks)) {
        Task task = tasks.get(place);
        futures.put(place, pool.submit(() -> inTurn(task)));
      }
      List<Held> held = new ArrayList<>();
      for (int i = 0; i < tasks.size(); i++) {
        Optional<RunOutcome> outcome = RunPool.get(futures.get(i));
        if (outcome.isEmpty()) {
          continue;
        }
        if (held.isEmpty() && !outcome.get().judgement().wasOverloaded()) {
          inOrder.accept(outcome.get());
        } else {
          held.add(new Held(tasks.get(i), outcome.get()));
        }
      }
      // All others are done by now, so what is repeated has the machine for itself.
      held.forEach(each -> inOrder.accept(last(each)));
      return !pool.isStopped();
    }
  }

  /** An outcome that waits for those before it. */
  private record Held(Task task, RunOutcome outcome) {}

  /** What is told of a run: if the machine was overloaded, what came of it the second time. */
  private RunOutcome last(Held held) {
    return held.outcome().judgement().wasOverloaded() && deadEnd().isEmpty()
        ? playOne(held.task(), event -> {}).map(RunOutcome::markedAgain).orElse(held.outcome())
        : held.outcome();
  }

  /** Plays a run when it may begin. */
  private Optional<RunOutcome> inTurn(Task task) throws InterruptedException {
    if (deadEnd == null) {
      return playInTurn(task);
    }
    Optional<RunOutcome> outcome = Optional.empty();
    try {
      deadEnd.await(task);
      outcome =
          deadEnd().isPresent() && !pool.isStopped()
              ? Optional.of(notPlayed(task, deadEnd().get()))
              : playInTurn(task);
      return outcome;
    } finally {
      deadEnd.ended(task, outcome);
    }
  }

  private Optional<RunOutcome> playInTurn(Task task) throws InterruptedException {
    try (ParallelismChooser.Turn turn = jobs.begin()) {
      return playOne(task, turn::take);
    }
  }

  /** One of the first runs, if they all were blocked by the same. */
  private Optional<RunOutcome> deadEnd() {
    return deadEnd == null ? Optional.empty() : deadEnd.found();
  }

  private List<Integer> order(List<Task> tasks) {
    return deadEnd != null
        ? deadEnd.order(tasks)
        : IntStream.range(0, tasks.size()).boxed().toList();
  }

  private RunOutcome notPlayed(Task task, RunOutcome like) {
    ScenarioRunner run = new ScenarioRunner(task.scenario(), world, task.seed());
    RunOutcome outcome = RunOutcome.notPlayed(task.scenario(), run.header(), like, deadEnd.count());
    synchronized (listener) {
      listener.ended(task, outcome);
    }
    return outcome;
  }

  /** Plays a run to its end; nothing comes of one that was stopped. */
  private Optional<RunOutcome> playOne(Task task, Consumer<Event> watcher) {
    if (pool.isStopped()) {
      return Optional.empty();
    }
    synchronized (listener) {
      listener.began(task);
    }
    Optional<RunOutcome> played =
        pool.play(
            task.scenario(),
            world,
            task.seed(),
            watcher,
            (trace, seconds) -> judge(task, trace, seconds));
    played.ifPresent(outcome -> ended(task, outcome));
    return played;
  }

  private RunOutcome judge(Task task, Trace trace, double seconds) {
    RunOutcome judged = RunOutcome.of(task.scenario(), trace, seconds);
    RunOutcome outcome = suspects ? judged.suspecting(trace) : judged;
    keeper.accept(outcome, trace);
    return outcome;
  }

  private void ended(Task task, RunOutcome outcome) {
    if (outcome.judgement().wasOverloaded()) {
      jobs.overloaded();
    }
    synchronized (listener) {
      listener.ended(task, outcome);
    }
  }
}
