package raftlab.run;

import raftlab.judge.Judgement;
import raftlab.judge.Verdict.Status;
import raftlab.scenario.Scenario;
import raftlab.trace.Header;
import raftlab.trace.Trace;

/**
 * What came of one run.
 *
 * @param played what was played
 * @param wallSeconds how long it took
 * @param again whether it is a repetition, since the machine was overloaded the first time
 */
public record Outcome(
    Scenario scenario, Header played, Judgement judgement, double wallSeconds, boolean again) {

  /** Judges a finished run. */
  public static Outcome of(Scenario scenario, Trace trace, double wallSeconds) {
    return new Outcome(scenario, trace.header(), Judgement.of(scenario, trace), wallSeconds, false);
  }

  /** The same of the same scenario, read from elsewhere. */
  public Outcome of(Scenario same) {
    return new Outcome(same, played, judgement, wallSeconds, again);
  }

  /** The same, marked as a repetition. */
  public Outcome markedAgain() {
    return new Outcome(scenario, played, judgement, wallSeconds, true);
  }

  /** Pass, fail or unknown. */
  public Status status() {
    return judgement.status();
  }
}
