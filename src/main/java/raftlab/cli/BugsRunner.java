package raftlab.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import raftlab.bugs.Bug;
import raftlab.handin.BuiltProgramCopy.NotPlantedException;
import raftlab.suite.BugHunt;
import raftlab.suite.SuiteRunner;

/**
 * Plays runs against several bugs, and reports the results in order.
 *
 * @param <B> what is played: a bug, or a bug in a certain program
 */
final class BugsRunner<B> {
  /** How each bug is played. */
  interface Plan<B> {
    /** Creates replicas with this bug. */
    ProgramWithBugs.Planted plant(B bug)
        throws IOException, InterruptedException, NotPlantedException;

    /** The runs, in order. */
    List<SuiteRunner.Task> tasks(B bug);

    /** Changes the hunt before it starts. */
    default void prepare(B bug, BugHunt hunt) {}

    /** Plays these runs against each bug of this program. */
    static Plan<Bug> of(
        ProgramWithBugs program,
        Function<Bug, List<SuiteRunner.Task>> tasks,
        BiConsumer<Bug, BugHunt> preparation) {
      return new Plan<>() {
        @Override
        public ProgramWithBugs.Planted plant(Bug bug)
            throws IOException, InterruptedException, NotPlantedException {
          return program.plant(bug);
        }

        @Override
        public List<SuiteRunner.Task> tasks(Bug bug) {
          return tasks.apply(bug);
        }

        @Override
        public void prepare(Bug bug, BugHunt hunt) {
          preparation.accept(bug, hunt);
        }
      };
    }
  }

  /**
   * How much to play.
   *
   * @param parallelBugs the number of parallel bugs
   * @param parallelRuns the number of parallel runs for each bug
   * @param enough the number of different scenarios that must catch a bug before it is left
   * @param maxSeconds the time after which no new run starts
   * @param minRuns the number of runs that are played in any case
   */
  record RunLimits(
      int parallelBugs, int parallelRuns, int enough, double maxSeconds, int minRuns) {}

  private final Plan<B> plan;
  private final RunLimits limits;
  private final Set<BugHunt> underway = ConcurrentHashMap.newKeySet();
  private volatile boolean stopped;

  /** Creates a runner. */
  BugsRunner(Plan<B> plan, RunLimits limits) {
    this.plan = plan;
    this.limits = limits;
  }

  /** Starts no new run, and reports nothing more; may be called from any thread. */
  void stop() {
    stopped = true;
    underway.forEach(BugHunt::stop);
  }

  /** Plays against all bugs. */
  void play(List<B> bugs, BugHunt.HuntListener<B> listener)
      throws IOException, InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(limits.parallelBugs());
    try {
      List<Future<BugHunt.BugHuntResult>> results = new ArrayList<>();
      for (B bug : bugs) {
        results.add(pool.submit(() -> stopped ? null : play(bug)));
      }
      for (int i = 0; i < bugs.size() && !stopped; i++) {
        report(bugs.get(i), results.get(i), listener);
      }
    } finally {
      stop();
      pool.shutdown();
    }
  }

  private BugHunt.BugHuntResult play(B bug)
      throws IOException, InterruptedException, NotPlantedException {
    try (ProgramWithBugs.Planted planted = plan.plant(bug)) {
      BugHunt hunt =
          new BugHunt(
              limits.parallelRuns(), limits.enough(), limits.maxSeconds(), limits.minRuns());
      plan.prepare(bug, hunt);
      underway.add(hunt);
      if (stopped) {
        hunt.stop();
      }
      try {
        return hunt.play(planted.world(), plan.tasks(bug));
      } finally {
        underway.remove(hunt);
      }
    }
  }

  private void report(B bug, Future<BugHunt.BugHuntResult> future, BugHunt.HuntListener<B> listener)
      throws IOException, InterruptedException {
    try {
      BugHunt.BugHuntResult result = future.get();
      if (!stopped) {
        listener.add(bug, result);
      }
    } catch (ExecutionException broken) {
      // After Ctrl-C the copy is being deleted; errors that follow from it are ignored.
      if (!stopped) {
        reportFailure(bug, broken.getCause(), listener);
      }
    }
  }

  private static <B> void reportFailure(
      B bug, @Nullable Throwable cause, BugHunt.HuntListener<B> listener) throws IOException {
    if (cause instanceof NotPlantedException notPlanted) {
      listener.notPlayed(bug, Objects.requireNonNull(notPlanted.getMessage(), "it says why"));
    } else if (cause instanceof IOException unreadable) {
      throw unreadable;
    } else if (cause instanceof UsageException wrong) {
      throw wrong;
    } else {
      throw new IllegalStateException(cause);
    }
  }
}
