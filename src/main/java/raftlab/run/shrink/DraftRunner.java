package raftlab.run.shrink;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import raftlab.cluster.World;
import raftlab.judge.invariant.CheckName;
import raftlab.run.ScenarioRunner;
import raftlab.run.concrete.ScenarioDraft;
import raftlab.run.parallel.RunPool;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;

/**
 * Plays drafts, several at a time, and returns the first one that fails with the wanted check. The
 * result doesn't depend on the speed of the runs; those of later drafts are discarded.
 */
final class DraftRunner implements AutoCloseable {
  private static final String NAME = "shrunk";

  /** The interval at which it checks whether it should stop. */
  private static final long POLL_MILLIS = 50;

  /** A draft that is being played. */
  private final class Attempt {
    private final ScenarioDraft draft;
    private final String text;

    /** Stands for the text: thousands of drafts are played, and they may be long. */
    private final long digest;

    private @Nullable Future<FailingDraft> result;
    private volatile @Nullable ScenarioRunner run;
    private volatile boolean cancelled;

    Attempt(ScenarioDraft draft) {
      this.draft = draft;
      this.text = draft.text();
      this.digest = (long) text.hashCode() << 32 ^ text.length();
    }

    void begin() {
      result = pool.submit(this::play);
    }

    private @Nullable FailingDraft play() {
      Scenario scenario;
      try {
        scenario = ScenarioReader.read(NAME, text);
      } catch (ScenarioException nonsense) {
        return null;
      }
      ScenarioRunner playing = new ScenarioRunner(scenario, world, scenario.seed().orElse(0));
      run = playing;
      if (cancelled) {
        return null;
      }
      return pool.play(
              playing, trace -> FailingDraft.of(draft, scenario, trace, check), this::broken)
          .orElse(null);
    }

    /** It doesn't fail as it should, as far as is known. */
    private @Nullable FailingDraft broken(Throwable bug) {
      if (!cancelled) {
        broken.incrementAndGet();
      }
      return null;
    }

    void cancel() {
      cancelled = true;
      ScenarioRunner playing = run;
      if (playing != null) {
        playing.interrupt();
      }
    }
  }

  private final World world;
  private final CheckName check;
  private final int jobs;
  private final long deadlineNanos;
  private final RunPool pool;
  private final AtomicInteger broken = new AtomicInteger();
  private final Set<Long> passed = new HashSet<>();
  private volatile boolean stopped;
  private int runs;

  /**
   * Creates a runner.
   *
   * @param check the check that must fail
   * @param jobs how many runs at a time, 1 or more
   * @param deadlineNanos when it must end, by {@link System#nanoTime}
   */
  DraftRunner(World world, CheckName check, int jobs, long deadlineNanos) {
    this.world = world;
    this.check = check;
    this.jobs = jobs;
    this.deadlineNanos = deadlineNanos;
    this.pool = new RunPool(jobs);
  }

  /** Returns how many drafts were played and used. */
  int runs() {
    return runs;
  }

  /** How many drafts the kit failed to play. */
  int broken() {
    return broken.get();
  }

  /** Ends it soon; from any thread. */
  void stop() {
    stopped = true;
  }

  /**
   * Returns the first of these that fails; empty if none does. An invalid scenario doesn't fail.
   */
  Optional<FailingDraft> firstFailing(List<ScenarioDraft> drafts) throws ShrinkTimeoutException {
    Deque<Attempt> underway = new ArrayDeque<>();
    int next = 0;
    try {
      while (next < drafts.size() || !underway.isEmpty()) {
        while (next < drafts.size() && underway.size() < jobs) {
          Attempt attempt = new Attempt(drafts.get(next++));
          if (!passed.contains(attempt.digest)) {
            underway.addLast(attempt);
            attempt.begin();
          }
        }
        if (!underway.isEmpty()) {
          Attempt attempt = underway.getFirst();
          FailingDraft tried = result(attempt);
          underway.removeFirst();
          // The same draft played twice counts once: otherwise the number would depend on the jobs.
          runs += tried != null || passed.add(attempt.digest) ? 1 : 0;
          if (tried != null) {
            return Optional.of(tried);
          }
        }
      }
      return Optional.empty();
    } finally {
      underway.forEach(Attempt::cancel);
    }
  }

  private @Nullable FailingDraft result(Attempt attempt) throws ShrinkTimeoutException {
    Future<FailingDraft> result = Objects.requireNonNull(attempt.result, "it has begun");
    while (!stopped && System.nanoTime() - deadlineNanos < 0) {
      try {
        return result.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException later) {
        continue;
      } catch (ExecutionException broken) {
        throw new IllegalStateException(broken.getCause());
      } catch (InterruptedException wanted) {
        Thread.currentThread().interrupt();
        stopped = true;
      }
    }
    throw new ShrinkTimeoutException();
  }

  @Override
  public void close() {
    pool.close();
  }
}
