package raftlab.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import raftlab.explain.Explanation;
import raftlab.explain.LikelyCause;
import raftlab.judge.Judgement;
import raftlab.judge.check.Verdict.Status;
import raftlab.scenario.Scenario;
import raftlab.trace.Trace;
import raftlab.trace.TraceHeader;

/**
 * What came of one run.
 *
 * @param played what was played
 * @param cause why it did not pass, as far as that can be told; empty if it did
 * @param suspicion of a run that passed: what no correct replica does, if that was looked for and
 *     found; no judge may fail a replica for it, since it rests on a guess at what its messages or
 *     reports mean
 * @param wallSeconds how long it took
 * @param again whether it is a repetition, since the machine was overloaded the first time
 */
public record RunOutcome(
    Scenario scenario,
    TraceHeader played,
    Judgement judgement,
    Optional<LikelyCause> cause,
    Optional<LikelyCause> suspicion,
    double wallSeconds,
    boolean again) {

  /** Judges a finished run. */
  public static RunOutcome of(Scenario scenario, Trace trace, double wallSeconds) {
    Judgement judgement = Judgement.of(scenario, trace);
    Optional<LikelyCause> cause = Explanation.of(scenario, trace, judgement);
    return new RunOutcome(
        scenario, trace.header(), judgement, cause, Optional.empty(), wallSeconds, false);
  }

  /** A run that could not be played to its end because of a bug in the kit: it proves nothing. */
  public static RunOutcome ofBrokenKit(
      Scenario scenario, TraceHeader played, Throwable bug, double wallSeconds) {
    return new RunOutcome(
        scenario,
        played,
        Judgement.ofBrokenKit(played, bug),
        Optional.empty(),
        Optional.empty(),
        wallSeconds,
        false);
  }

  /**
   * A run that was not played, since the first ones of the suite were all blocked by the same.
   *
   * @param header what would have been played
   * @param like one of the first
   * @param first how many these were
   */
  public static RunOutcome notPlayed(
      Scenario scenario, TraceHeader header, RunOutcome like, int first) {
    String why = "not played, since the first " + first + " came to the same: " + like.missing();
    return new RunOutcome(
        scenario,
        header,
        Judgement.notPlayed(header, like.status(), why),
        Optional.empty(),
        Optional.empty(),
        0,
        false);
  }

  /** Whether it was {@link #notPlayed}. */
  public boolean wasNotPlayed() {
    return judgement.wasNotPlayed();
  }

  /** What was missing for the scenario to begin, in words: of a run that was blocked. */
  public String missing() {
    return judgement.verdicts().stream()
        .filter(verdict -> verdict.status() == Status.BLOCKED)
        .findFirst()
        .map(verdict -> verdict.text().replaceFirst("(?s)^[^:]*: ", ""))
        .orElse("");
  }

  /** The same of the same scenario, read from elsewhere. */
  public RunOutcome of(Scenario same) {
    return new RunOutcome(same, played, judgement, cause, suspicion, wallSeconds, again);
  }

  /** The same, marked as a repetition. */
  public RunOutcome markedAgain() {
    return new RunOutcome(scenario, played, judgement, cause, suspicion, wallSeconds, true);
  }

  /** The same, with the first thing in the trace that no correct replica does, if it passed. */
  public RunOutcome suspecting(Trace trace) {
    Optional<LikelyCause> found =
        status() == Status.PASS ? Explanation.suspicion(scenario, trace) : Optional.empty();
    return new RunOutcome(scenario, played, judgement, cause, found, wallSeconds, again);
  }

  /** What decides nothing but should be known, in words. */
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

  /** Pass, fail or unknown. */
  public Status status() {
    return judgement.status();
  }
}
