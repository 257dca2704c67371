package raftlab.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import raftlab.explain.Explanation;
import raftlab.explain.LikelyCause;
import raftlab.judge.Judgement;
import raftlab.judge.check.Verdict;
import raftlab.judge.check.Verdict.Status;
import raftlab.scenario.Scenario;
import raftlab.trace.Trace;
import raftlab.trace.TraceHeader;

/**
 * The outcome of one run.
 *
 * @param played the scenario that was played
 * @param cause the likely cause of the failure, if it was found; empty for a run that passed
 * @param suspicion for a run that passed: behaviour that no correct replica shows, if it was looked
 *     for and found; checks don't fail a replica for it, since it depends on an interpretation of
 *     messages or reports
 * @param wallSeconds how long it took, in seconds
 * @param isRepetition whether it is a repetition because the machine was overloaded the first time
 */
public record RunOutcome(
    Scenario scenario,
    TraceHeader played,
    Judgement judgement,
    Optional<LikelyCause> cause,
    Optional<LikelyCause> suspicion,
    double wallSeconds,
    boolean isRepetition) {

  /** Judges a finished run. */
  public static RunOutcome of(Scenario scenario, Trace trace, double wallSeconds) {
    Judgement judgement = Judgement.of(scenario, trace);
    Optional<LikelyCause> cause = Explanation.of(scenario, trace, judgement);
    return new RunOutcome(
        scenario, trace.header(), judgement, cause, Optional.empty(), wallSeconds, false);
  }

  /** Returns the outcome of a run that was aborted by a bug in the kit; it proves nothing. */
  public static RunOutcome ofKitFailure(
      Scenario scenario, TraceHeader played, Throwable bug, double wallSeconds) {
    return new RunOutcome(
        scenario,
        played,
        Judgement.ofKitFailure(played, bug),
        Optional.empty(),
        Optional.empty(),
        wallSeconds,
        false);
  }

  /**
   * Returns the outcome of a run that was not played because the first runs of the suite were all
   * blocked for the same reason.
   *
   * @param header the header of the run that was not played
   * @param like one of the first runs
   * @param first the number of the first runs
   */
  public static RunOutcome notPlayed(
      Scenario scenario, TraceHeader header, RunOutcome like, int first) {
    String why = "not played, since the first " + first + " were all blocked: " + like.missing();
    return new RunOutcome(
        scenario,
        header,
        Judgement.notPlayed(header, like.status(), why, like.missing()),
        Optional.empty(),
        Optional.empty(),
        0,
        false);
  }

  /** Whether it was {@link #notPlayed}. */
  public boolean wasNotPlayed() {
    return judgement.wasNotPlayed();
  }

  /** Returns the missing precondition of a blocked run, in words. */
  public String missing() {
    return judgement.verdicts().stream()
        .filter(verdict -> verdict.status() == Status.BLOCKED)
        .findFirst()
        .map(Verdict::summary)
        .orElse("");
  }

  /** Returns the same outcome for the same scenario, read from another file. */
  public RunOutcome of(Scenario same) {
    return new RunOutcome(same, played, judgement, cause, suspicion, wallSeconds, isRepetition);
  }

  /** Returns the same outcome, marked as a repetition. */
  public RunOutcome asRepetition() {
    return new RunOutcome(scenario, played, judgement, cause, suspicion, wallSeconds, true);
  }

  /**
   * Returns the same outcome; if it passed, with the first behaviour in the trace that no correct
   * replica shows.
   */
  public RunOutcome withSuspicion(Trace trace) {
    Optional<LikelyCause> found =
        status() == Status.PASS ? Explanation.suspicion(scenario, trace) : Optional.empty();
    return new RunOutcome(scenario, played, judgement, cause, found, wallSeconds, isRepetition);
  }

  /** Returns the remarks that decide nothing, in words. */
  public List<String> remarks() {
    List<String> remarks = new ArrayList<>(judgement.remarks());
    suspicion.ifPresent(
        found ->
            remarks.add(
                "suspicious, though no check failed: "
                    + found.text()
                    + " ("
                    + found.section()
                    + ")"));
    return remarks;
  }

  /** Returns pass, fail, blocked or unknown. */
  public Status status() {
    return judgement.status();
  }
}
