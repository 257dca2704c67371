package raftlab.suite;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
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
   * @param caught the runs that failed, in the order in which they ended
   * @param unknown runs that prove nothing: of those, the machine was overloaded, or the kit failed
   * @param blocked runs whose preparation failed
   * @param suspicious runs that passed with a suspicion, if suspicions were requested
   * @param runs how many runs were completed
   * @param playedSeconds the sum of the durations of these runs
   * @param wallSeconds the duration of the hunt
   */
  public record BugHuntResult(
      List<RunOutcome> caught,
      List<RunOutcome> unknown,
      List<RunOutcome> blocked,
      List<RunOutcome> suspicious,
      int runs,
      double playedSeconds,
      double wallSeconds) {
    /** Copies the lists. */
    public BugHuntResult {
      caught = List.copyOf(caught);
      unknown = List.copyOf(unknown);
      blocked = List.copyOf(blocked);
      suspicious = List.copyOf(suspicious);
    }
  }

  /**
   * Receives the results of hunts.
   *
   * @param <B> what was hunted
   */
  public interface HuntListener<B> {
    /** A hunt has ended. */
    void add(B bug, BugHuntResult result);

    /** The replicas with this bug can't be played. */
    void notPlayed(B bug, String why);
  }

  /** For {@code enough}: every run is played. */
  public static final int ALL = Integer.MAX_VALUE;

  private final int jobs;
  private final int enough;
  private final double mostSeconds;
  private final int leastRuns;
  private final List<RunOutcome> caught = new ArrayList<>();
  private final Set<Scenario> caughtBy = new HashSet<>();
  private final List<RunOutcome> blocked = new ArrayList<>();
  private final List<RunOutcome> suspicious = new ArrayList<>();
  private final Map<Scenario, RunOutcome> unknown = new LinkedHashMap<>();
  private long playedMicros;
  private int runs;
  private boolean suspects;
  private BiConsumer<RunOutcome, Trace> traceConsumer = (outcome, trace) -> {};
  private boolean ended;
  private @Nullable SuiteRunner underway;

  /**
   * Creates a hunt for one replica.
   *
   * @param jobs how many runs at a time
   * @param enough the number of different scenarios that must fail before it ends
   * @param mostSeconds the time after which no new run starts
   * @param leastRuns the number of runs that are played in any case
   */
  public BugHunt(int jobs, int enough, double mostSeconds, int leastRuns) {
    this.jobs = jobs;
    this.enough = enough;
    this.mostSeconds = mostSeconds;
    this.leastRuns = leastRuns;
  }

  /** Also looks for suspicious behaviour in runs that pass, which takes time. */
  public void enableSuspicions() {
    suspects = true;
  }

  /** Sets a receiver for the trace of each run that counts; called from several threads. */
  public void setTraceConsumer(BiConsumer<RunOutcome, Trace> traces) {
    traceConsumer = traces;
  }

  /** Plays these runs, in this order, against the replicas of this world. */
  public BugHuntResult play(World world, List<SuiteRunner.Task> tasks) throws InterruptedException {
    long from = System.nanoTime();
    SuiteRunner run = new SuiteRunner(world, jobs, new NoOpListener());
    if (!suspects) {
      run.disableSuspicions();
    }
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
        caught,
        List.copyOf(unknown.values()),
        blocked,
        suspicious,
        runs,
        playedMicros / 1e6,
        wallSeconds);
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
      case FAIL -> {
        caught.add(outcome);
        caughtBy.add(outcome.scenario());
      }
      case UNKNOWN -> unknown.put(outcome.scenario(), outcome);
      case BLOCKED -> blocked.add(outcome);
      case PASS -> {
        if (outcome.suspicion().isPresent()) {
          suspicious.add(outcome);
        }
      }
    }
    traceConsumer.accept(outcome, trace);
    ended = isLate && runs >= leastRuns || caughtBy.size() >= enough;
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
