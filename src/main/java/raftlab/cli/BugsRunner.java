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
import org.jspecify.annotations.Nullable;
import raftlab.bugs.Bug;
import raftlab.grade.BuiltProgramCopy.NotPlantedException;
import raftlab.report.BugsText;
import raftlab.suite.BugHunt;
import raftlab.suite.SuiteRunner;

/** Plays the same runs against several bugs, and reports the results in order. */
final class BugsRunner {
  /**
   * How much to play.
   *
   * @param parallelBugs the number of parallel bugs
   * @param parallelRuns the number of parallel runs for each bug
   * @param findAll whether to continue after the first run that catches a bug
   * @param maxSeconds the time after which no new run starts
   * @param minRuns the number of runs that are played in any case
   */
  record RunLimits(
      int parallelBugs, int parallelRuns, boolean findAll, double maxSeconds, int minRuns) {}

  private final ProgramWithBugs target;
  private final List<SuiteRunner.Task> tasks;
  private final RunLimits limits;
  private final Set<BugHunt> underway = ConcurrentHashMap.newKeySet();
  private volatile boolean stopped;

  /** Creates a runner. */
  BugsRunner(ProgramWithBugs target, List<SuiteRunner.Task> tasks, RunLimits limits) {
    this.target = target;
    this.tasks = tasks;
    this.limits = limits;
  }

  /** Starts no new run, and reports nothing more; may be called from any thread. */
  void stop() {
    stopped = true;
    underway.forEach(BugHunt::stop);
  }

  /** Plays against all bugs. */
  void play(List<Bug> bugs, BugsText text) throws IOException, InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(limits.parallelBugs());
    try {
      List<Future<BugHunt.BugHuntResult>> results = new ArrayList<>();
      for (Bug bug : bugs) {
        results.add(pool.submit(() -> stopped ? null : play(bug)));
      }
      for (int i = 0; i < bugs.size() && !stopped; i++) {
        report(bugs.get(i), results.get(i), text);
      }
    } finally {
      stop();
      pool.shutdown();
    }
  }

  private BugHunt.BugHuntResult play(Bug bug)
      throws IOException, InterruptedException, NotPlantedException {
    try (ProgramWithBugs.Planted planted = target.plant(bug)) {
      BugHunt hunt =
          new BugHunt(
              limits.parallelRuns(), limits.findAll(), limits.maxSeconds(), limits.minRuns());
      underway.add(hunt);
      if (stopped) {
        hunt.stop();
      }
      try {
        return hunt.play(planted.world(), tasks);
      } finally {
        underway.remove(hunt);
      }
    }
  }

  private void report(Bug bug, Future<BugHunt.BugHuntResult> future, BugsText text)
      throws IOException, InterruptedException {
    try {
      BugHunt.BugHuntResult result = future.get();
      if (!stopped) {
        text.add(bug, result);
      }
    } catch (ExecutionException broken) {
      // After Ctrl-C the copy is being deleted; errors that follow from it are ignored.
      if (!stopped) {
        reportFailure(bug, broken.getCause(), text);
      }
    }
  }

  private static void reportFailure(Bug bug, @Nullable Throwable cause, BugsText text)
      throws IOException {
    if (cause instanceof NotPlantedException notPlanted) {
      text.notPlayed(bug, Objects.requireNonNull(notPlanted.getMessage(), "it says why"));
    } else if (cause instanceof IOException unreadable) {
      throw unreadable;
    } else if (cause instanceof UsageException wrong) {
      throw wrong;
    } else {
      throw new IllegalStateException(cause);
    }
  }
}
