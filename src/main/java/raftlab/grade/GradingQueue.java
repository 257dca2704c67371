package raftlab.grade;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import raftlab.grade.TeamWork.PlannedRun;
import raftlab.grade.TeamWork.Stage;

/**
 * Decides what each worker does next. The runs of all teams form one queue, so that no worker waits
 * while there is a run to play: a team's last runs are played while the next hand-in is built.
 *
 * <p>Runs that an overloaded machine disturbed are played again when all others are done, each
 * alone.
 */
final class GradingQueue {
  /** Something to do. */
  sealed interface Job {
    TeamWork work();
  }

  /** Copy and build a hand-in. */
  record Prepare(TeamWork work) implements Job {}

  /**
   * Play a run.
   *
   * @param alone whether nothing else is done meanwhile, because the machine was overloaded before
   */
  record Play(TeamWork work, PlannedRun run, boolean alone) implements Job {}

  /**
   * How a run ended.
   *
   * @param notStarted whether the replicas did not start, through their own fault
   * @param disturbed whether the machine was overloaded, so that it proves nothing
   * @param need the processors that it kept busy, if that is known
   */
  record RunEnd(boolean notStarted, boolean disturbed, OptionalDouble need) {}

  /** After this time without all replicas ready, the next run may start. */
  private static final long LONGEST_START_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final List<TeamWork> teams;
  private final RunBudget budget;
  private final int mostBuilds;

  /** The runs whose replicas are starting, with the times when they began to. */
  private final Map<Play, Long> starting = new HashMap<>();

  /** What each run under way was assumed to need. */
  private final Map<Play, Double> needs = new HashMap<>();

  private int preparing;
  private int playing;
  private boolean isAlone;
  private boolean stopped;

  /**
   * Creates a queue.
   *
   * @param mostBuilds how many hand-ins may be copied and built at a time
   */
  GradingQueue(List<TeamWork> teams, RunBudget budget, int mostBuilds) {
    this.teams = List.copyOf(teams);
    this.budget = budget;
    this.mostBuilds = mostBuilds;
  }

  /** Waits for something to do; empty if nothing is left, or the queue was stopped. */
  synchronized Optional<Job> take() throws InterruptedException {
    while (!stopped) {
      Job job = next();
      if (job != null) {
        return Optional.of(job);
      }
      if (preparing == 0 && playing == 0 && isEmpty()) {
        return Optional.empty();
      }
      long nanos = startDelayNanos();
      if (nanos > 0) {
        TimeUnit.NANOSECONDS.timedWait(this, nanos + TimeUnit.MILLISECONDS.toNanos(1));
      } else {
        wait();
      }
    }
    return Optional.empty();
  }

  private boolean isEmpty() {
    return teams.stream()
        .allMatch(
            work ->
                work.stage == Stage.DONE
                    || work.stage == Stage.PLAYING
                        && work.pending.isEmpty()
                        && work.disturbed.isEmpty());
  }

  private @Nullable Job next() {
    if (isAlone) {
      return null;
    }
    for (TeamWork work : teams) {
      if (work.canPlay()) {
        boolean mayStart = startDelayNanos() <= 0 && budget.fits(work.need);
        return mayStart ? begin(new Play(work, work.pending.remove(), false)) : null;
      }
    }
    if (preparing < mostBuilds) {
      for (TeamWork work : teams) {
        if (work.stage == Stage.NEW) {
          work.stage = Stage.PREPARING;
          preparing++;
          return new Prepare(work);
        }
      }
    }
    return preparing == 0 && playing == 0 ? nextAlone() : null;
  }

  private @Nullable Job nextAlone() {
    for (TeamWork work : teams) {
      if (!work.disturbed.isEmpty()) {
        isAlone = true;
        return begin(new Play(work, work.disturbed.remove(0), true));
      }
    }
    return null;
  }

  private Play begin(Play job) {
    playing++;
    job.work.underway++;
    budget.begin(job.work.need);
    needs.put(job, job.work.need);
    starting.put(job, System.nanoTime());
    return job;
  }

  /** How long the next run has to wait, since replicas need most processor time when they start. */
  private long startDelayNanos() {
    long now = System.nanoTime();
    return starting.values().stream()
        .mapToLong(began -> began + LONGEST_START_NANOS - now)
        .max()
        .orElse(0);
  }

  /**
   * A hand-in was copied and built.
   *
   * @param player plays its runs; null if there is nothing to play
   * @return whether nothing is left to do for its team
   */
  synchronized boolean prepared(TeamWork work, @Nullable RunPlayer player) {
    preparing--;
    if (player == null) {
      work.stage = Stage.DONE;
    } else {
      work.playWith(player);
      work.stage = Stage.PLAYING;
    }
    notifyAll();
    return isDone(work);
  }

  /** The replicas of a run have started. */
  synchronized void begun(Play job) {
    if (starting.remove(job) != null) {
      job.work.hasStarted = true;
      notifyAll();
    }
  }

  /**
   * A run has ended and is recorded.
   *
   * @param end how it ended; null if it was stopped
   * @return whether nothing is left to do for its team
   */
  synchronized boolean ended(Play job, @Nullable RunEnd end) {
    starting.remove(job);
    playing--;
    job.work.underway--;
    Double assumed = needs.remove(job);
    budget.end(assumed == null ? -1 : assumed);
    isAlone = isAlone && !job.alone;
    if (end != null) {
      apply(job, end);
    }
    notifyAll();
    return isDone(job.work);
  }

  private void apply(Play job, RunEnd end) {
    TeamWork work = job.work;
    if (end.need.isPresent()) {
      work.need = Math.max(work.need, end.need.getAsDouble());
    }
    if (end.disturbed) {
      budget.disturbed();
      if (!job.alone) {
        work.disturbed.add(job.run);
      }
    } else if (end.notStarted) {
      work.failedStarts++;
    } else {
      work.hasStarted = true;
    }
    if (work.neverStarts()) {
      work.pending.clear();
      work.disturbed.clear();
    }
  }

  private static boolean isDone(TeamWork work) {
    if (work.isFinished()) {
      work.stage = Stage.DONE;
    }
    return work.stage == Stage.DONE;
  }

  /** Gives out nothing more, and ends all runs soon. */
  synchronized void stop() {
    stopped = true;
    teams.forEach(TeamWork::stop);
    notifyAll();
  }

  synchronized boolean isStopped() {
    return stopped;
  }
}
