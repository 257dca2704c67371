package raftlab.suite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import raftlab.cluster.World;
import raftlab.run.RunOutcome;
import raftlab.run.ScenarioRunner;
import raftlab.run.parallel.RunPool;
import raftlab.scenario.Scenario;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.trace.TraceDifference;

/**
 * Plays the scenarios of a suite, several at a time. Runs that an overloaded machine spoiled are
 * played once more, alone.
 */
public final class SuiteRunner {
  /**
   * One run to play.
   *
   * @param repetition 0 for the first
   */
  public record Task(Scenario scenario, int repetition, long seed) {}

  /** Receives progress, one call at a time. */
  public interface SuiteListener {
    /** A run has started. */
    void began(Task task);

    /** A run has ended; its outcome is final unless the machine was overloaded. */
    void ended(Task task, RunOutcome outcome);

    /**
     * The number of runs at a time is lower than usual.
     *
     * @param why the number and the reason, in words
     */
    default void parallelismChosen(String why) {}
  }

  /** The most runs that wait for their turn: there may be many thousands. */
  private static final int MAX_AHEAD = 256;

  private final World world;
  private final ParallelismChooser jobs;
  private final SuiteListener listener;
  private final RunPool pool;
  private BiConsumer<RunOutcome, Trace> traceConsumer = (outcome, trace) -> {};
  private boolean suspects = true;

  /** Receives comparisons of runs that are played twice; null for none. */
  private @Nullable BiConsumer<Task, Optional<TraceDifference>> certifier;

  private boolean certifiesAll;
  private final AtomicBoolean hasCertified = new AtomicBoolean();

  /** Null if all tasks are played in any case. */
  private @Nullable BlockedSuiteDetector deadEnd;

  /**
   * Creates a runner.
   *
   * @param jobs how many runs at a time, 1 or more
   */
  public SuiteRunner(World world, int jobs, SuiteListener listener) {
    this(world, ParallelismChooser.fixed(world, jobs), listener);
  }

  private SuiteRunner(World world, ParallelismChooser jobs, SuiteListener listener) {
    this.world = world;
    this.jobs = jobs;
    this.pool = new RunPool(jobs.most());
    this.listener = listener;
  }

  /**
   * Creates a runner that plays as many runs at a time as this machine can. That depends on the
   * replicas: the first run is played alone to measure what it needs, and the number decreases when
   * runs spoil each other.
   */
  public static SuiteRunner measured(World world, SuiteListener listener) {
    ParallelismChooser jobs =
        ParallelismChooser.measured(
            world,
            why -> {
              synchronized (listener) {
                listener.parallelismChosen(why);
              }
            });
    return new SuiteRunner(world, jobs, listener);
  }

  /**
   * The runs of suites: every scenario with every seed. A scenario's own seed applies to its first
   * repetition.
   *
   * @param seed the seed of the first repetition; each further repetition has the next one
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

  /** How many runs at a time this machine can play if their replicas need little. */
  public static int defaultJobs(World world) {
    return ParallelismChooser.defaultJobs(world);
  }

  /** Sets a receiver for the trace of each run; called from several threads. */
  public void setTraceConsumer(BiConsumer<RunOutcome, Trace> traces) {
    traceConsumer = traces;
  }

  /**
   * Plays runs twice, and compares both.
   *
   * @param all whether all runs; else only the first one
   * @param receiver gets each comparison, with the difference if there is one; from several threads
   */
  public void certify(boolean all, BiConsumer<Task, Optional<TraceDifference>> receiver) {
    certifiesAll = all;
    certifier = receiver;
  }

  /** Skips the search for suspicious behaviour in runs that pass, which takes time. */
  public void disableSuspicions() {
    suspects = false;
  }

  /**
   * Plays a few scenarios with a setup step first; if it fails in all of them for the same reason,
   * the other scenarios are not played and count as blocked.
   */
  public void stopIfBlocked() {
    deadEnd = new BlockedSuiteDetector();
  }

  /** Ends all runs soon and starts no new one; may be called from any thread. */
  public void stop() {
    pool.stop();
  }

  /**
   * Plays all tasks. {@code inOrder} receives each final outcome in the order of the tasks, as soon
   * as all before it are available. If it is stopped, the outcomes that are there by then are the
   * last; a part of a run has none. A suite is played once.
   *
   * @return whether all were played; not if it was stopped
   */
  public boolean play(List<Task> tasks, Consumer<RunOutcome> inOrder) throws InterruptedException {
    try (pool) {
      Map<Integer, Future<Optional<RunOutcome>>> futures = new HashMap<>();
      IntUnaryOperator order = order(tasks);
      int ahead = deadEnd == null ? MAX_AHEAD : tasks.size();
      int submitted = 0;
      List<HeldOutcome> held = new ArrayList<>();
      for (int i = 0; i < tasks.size(); i++) {
        while (submitted < tasks.size() && submitted - i < ahead && !pool.isStopped()) {
          int place = order.applyAsInt(submitted++);
          Task task = tasks.get(place);
          futures.put(place, pool.submit(() -> playWhenAllowed(task)));
        }
        Future<Optional<RunOutcome>> future = futures.remove(i);
        Optional<RunOutcome> outcome = future == null ? Optional.empty() : RunPool.get(future);
        if (outcome.isEmpty()) {
          continue;
        }
        if (held.isEmpty() && !outcome.get().judgement().wasOverloaded()) {
          inOrder.accept(outcome.get());
        } else {
          held.add(new HeldOutcome(tasks.get(i), outcome.get()));
        }
      }
      // All other runs are done by now, so a repeated run has the machine for itself.
      held.forEach(each -> inOrder.accept(finalOutcome(each)));
      return !pool.isStopped();
    }
  }

  /** An outcome that waits for earlier ones. */
  private record HeldOutcome(Task task, RunOutcome outcome) {}

  /** The result of a run: if the machine was overloaded, the outcome of its repetition. */
  private RunOutcome finalOutcome(HeldOutcome held) {
    return held.outcome().judgement().wasOverloaded() && deadEnd().isEmpty()
        ? playOne(held.task(), event -> {}).map(RunOutcome::asRepetition).orElse(held.outcome())
        : held.outcome();
  }

  /** Plays a run when it may start. */
  private Optional<RunOutcome> playWhenAllowed(Task task) throws InterruptedException {
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
    try (ParallelismChooser.RunSlot turn = jobs.begin()) {
      return playOne(task, turn::onEvent);
    }
  }

  /** One of the pilots, if all were blocked for the same reason. */
  private Optional<RunOutcome> deadEnd() {
    return deadEnd == null ? Optional.empty() : deadEnd.blockedPilot();
  }

  /** The positions of the tasks in the order in which they begin. */
  private IntUnaryOperator order(List<Task> tasks) {
    return deadEnd != null ? deadEnd.order(tasks)::get : place -> place;
  }

  private RunOutcome notPlayed(Task task, RunOutcome like) {
    ScenarioRunner run = new ScenarioRunner(task.scenario(), world, task.seed());
    int blockedCount = Objects.requireNonNull(deadEnd, "only it finds a blocked pilot").count();
    RunOutcome outcome = RunOutcome.notPlayed(task.scenario(), run.header(), like, blockedCount);
    synchronized (listener) {
      listener.ended(task, outcome);
    }
    return outcome;
  }

  /** Plays a run to its end; empty if it was stopped. */
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

  /** Plays the run again and compares, if that is wanted. */
  private void certify(Task task, Trace trace) {
    if (certifier != null && (certifiesAll || !hasCertified.getAndSet(true))) {
      BiConsumer<Task, Optional<TraceDifference>> receiver = certifier;
      pool.play(
              new ScenarioRunner(task.scenario(), world, task.seed()),
              again -> TraceDifference.between(trace, again),
              failure -> null)
          .ifPresent(difference -> receiver.accept(task, difference));
    }
  }

  private RunOutcome judge(Task task, Trace trace, double seconds) {
    certify(task, trace);
    RunOutcome judged = RunOutcome.of(task.scenario(), trace, seconds);
    RunOutcome outcome = suspects ? judged.withSuspicion(trace) : judged;
    traceConsumer.accept(outcome, trace);
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
