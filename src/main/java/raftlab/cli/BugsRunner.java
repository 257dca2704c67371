package raftlab.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import raftlab.bugs.Bug;
import raftlab.grade.PatchedProgramCopy.NotPlantedException;
import raftlab.report.BugsText;
import raftlab.suite.BugHunt;
import raftlab.suite.SuiteRunner;

/** Plays the same runs against several bugs, and reports the results in order. */
final class BugsRunner {
  /**
   * How much to play.
   *
   * @param atATime the number of parallel bugs
   * @param runs the number of parallel runs for each bug
   * @param all whether to continue after the first run that catches a bug
   * @param seconds the time after which no new run starts
   * @param leastRuns the number of runs that are played in any case
   */
  record Extent(int atATime, int runs, boolean all, double seconds, int leastRuns) {}

  private final ProgramWithBugs target;
  private final List<SuiteRunner.Task> tasks;
  private final Extent extent;
  private final Set<BugHunt> underway = ConcurrentHashMap.newKeySet();
  private volatile boolean stopped;

  /** Creates a runner. */
  BugsRunner(ProgramWithBugs target, List<SuiteRunner.Task> tasks, Extent extent) {
    this.target = target;
    this.tasks = tasks;
    this.extent = extent;
  }

  /** Starts no new run, and reports nothing more; may be called from any thread. */
  void stop() {
    stopped = true;
    underway.forEach(BugHunt::stop);
  }

  /** Plays against all bugs. */
  void play(List<Bug> bugs, BugsText text) throws IOException, InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(extent.atATime());
    try {
      List<Future<BugHunt.Result>> results = new ArrayList<>();
      for (Bug bug : bugs) {
        results.add(pool.submit(() -> stopped ? null : play(bug)));
      }
      for (int i = 0; i < bugs.size() && !stopped; i++) {
        tell(bugs.get(i), results.get(i), text);
      }
    } finally {
      stop();
      pool.shutdown();
    }
  }

  private BugHunt.Result play(Bug bug)
      throws IOException, InterruptedException, NotPlantedException {
    try (ProgramWithBugs.Planted planted = target.plant(bug)) {
      BugHunt hunt = new BugHunt(extent.runs(), extent.all(), extent.seconds(), extent.leastRuns());
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

  private void tell(Bug bug, Future<BugHunt.Result> future, BugsText text)
      throws IOException, InterruptedException {
    try {
      BugHunt.Result result = future.get();
      if (!stopped) {
        text.add(bug, result);
      }
    } catch (ExecutionException broken) {
      // After Ctrl-C the copy is being deleted; errors that follow from it are ignored.
      if (!stopped) {
        tellWhy(bug, broken.getCause(), text);
      }
    }
  }

  private static void tellWhy(Bug bug, Throwable cause, BugsText text) throws IOException {
    if (cause instanceof NotPlantedException notPlanted) {
      text.notPlayed(bug, notPlanted.getMessage());
    } else if (cause instanceof IOException unreadable) {
      throw unreadable;
    } else if (cause instanceof UsageException wrong) {
      throw wrong;
    } else {
      throw new IllegalStateException(cause);
    }
  }
}
