package raftlab.suite;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import raftlab.cluster.World;
import raftlab.run.RunOutcome;
import raftlab.scenario.Scenario;
import raftlab.trace.Event;
import raftlab.trace.Trace;

/** Plays suites against a replica with a bug until a scenario catches it. */
public final class BugHunt {
  /**
   * The result.
   *
   * @param caught the runs that failed, in the order in which they ended; only the first, unless
   *     all were requested
   * @param unknown runs that prove nothing: of those, the machine was overloaded, or the kit failed
   * @param runs how many runs were completed
   * @param playedSeconds the sum of the durations of these runs
   * @param wallSeconds the duration of the hunt
   */
  public record BugHuntResult(
      List<RunOutcome> caught,
      List<RunOutcome> unknown,
      int runs,
      double playedSeconds,
      double wallSeconds) {
    /** Copies the lists. */
    public BugHuntResult {
      caught = List.copyOf(caught);
      unknown = List.copyOf(unknown);
    }
  }

  private final int jobs;
  private final boolean findAll;
  private final double mostSeconds;
  private final int leastRuns;
  private final List<RunOutcome> caught = new ArrayList<>();
  private final Map<Scenario, RunOutcome> unknown = new LinkedHashMap<>();
  private long playedMicros;
  private int runs;
  private boolean ended;
  private @Nullable SuiteRunner underway;

  /**
   * Creates a hunt for one replica.
   *
   * @param jobs how many runs at a time
   * @param findAll whether to continue after the first failure
   * @param mostSeconds the time after which no new run starts
   * @param leastRuns the number of runs that are played in any case
   */
  public BugHunt(int jobs, boolean findAll, double mostSeconds, int leastRuns) {
    this.jobs = jobs;
    this.findAll = findAll;
    this.mostSeconds = mostSeconds;
    this.leastRuns = leastRuns;
  }

  /** Plays these runs, in this order, against the replicas of this world. */
  public BugHuntResult play(World world, List<SuiteRunner.Task> tasks) throws InterruptedException {
    long from = System.nanoTime();
    SuiteRunner run = new SuiteRunner(world, jobs, new NoOpListener());
    run.disableSuspicions();
    run.setTraceConsumer(
        (outcome, trace) -> {
          boolean isLate = (System.nanoTime() - from) / 1e9 > mostSeconds;
          if (addOutcome(outcome, trace, isLate)) {
            run.stop();
          }
        });
    begin(run);
    run.play(tasks, this::takeUnplayed);
    return result((System.nanoTime() - from) / 1e9);
  }

  private synchronized BugHuntResult result(double wallSeconds) {
    return new BugHuntResult(
        caught, List.copyOf(unknown.values()), runs, playedMicros / 1e6, wallSeconds);
  }

  /** Ends it soon; may be called from any thread. Unfinished runs are discarded. */
  public synchronized void stop() {
    ended = true;
    if (underway != null) {
      underway.stop();
    }
  }

  private synchronized void begin(SuiteRunner run) {
    underway = run;
    if (ended) {
      run.stop();
    }
  }

  /** Whether no further run is needed. */
  private synchronized boolean addOutcome(RunOutcome outcome, Trace trace, boolean isLate) {
    if (ended) {
      return true; // a run that was stopped proves nothing
    }
    List<Event> events = trace.events();
    runs++;
    playedMicros += events.get(events.size() - 1).atMicros();
    unknown.remove(outcome.scenario()); // it is played again if the machine was overloaded
    switch (outcome.status()) {
      case FAIL -> caught.add(outcome);
      case UNKNOWN -> unknown.put(outcome.scenario(), outcome);
      case BLOCKED, PASS -> {}
    }
    ended = isLate && runs >= leastRuns || !findAll && !caught.isEmpty();
    return ended;
  }

  /** Keeps what the kit failed to play. */
  private synchronized void takeUnplayed(RunOutcome outcome) {
    if (outcome.judgement().isOfBrokenKit()) {
      unknown.put(outcome.scenario(), outcome);
    }
  }

  private static final class NoOpListener implements SuiteRunner.SuiteListener {
    @Override
    public void began(SuiteRunner.Task task) {
      // Progress is not shown.
    }

    @Override
    public void ended(SuiteRunner.Task task, RunOutcome outcome) {
      // Progress is not shown.
    }
  }
}
