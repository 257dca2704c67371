package raftlab.run;

import java.util.Optional;
import raftlab.explain.Explanation;
import raftlab.explain.LikelyCause;
import raftlab.judge.Judgement;
import raftlab.judge.Verdict.Status;
import raftlab.scenario.Scenario;
import raftlab.trace.Header;
import raftlab.trace.Trace;

/**
 * What came of one run.
 *
 * @param played what was played
 * @param cause why it did not pass, as far as that can be told; empty if it did
 * @param wallSeconds how long it took
 * @param again whether it is a repetition, since the machine was overloaded the first time
 */
public record Outcome(
    Scenario scenario,
    Header played,
    Judgement judgement,
    Optional<LikelyCause> cause,
    double wallSeconds,
    boolean again) {

  /** Judges a finished run. */
  public static Outcome of(Scenario scenario, Trace trace, double wallSeconds) {
    Judgement judgement = Judgement.of(scenario, trace);
    Optional<LikelyCause> cause = Explanation.of(scenario, trace, judgement);
    return new Outcome(scenario, trace.header(), judgement, cause, wallSeconds, false);
  }

  /** The same of the same scenario, read from elsewhere. */
  public Outcome of(Scenario same) {
    return new Outcome(same, played, judgement, cause, wallSeconds, again);
  }

  /** The same, marked as a repetition. */
  public Outcome markedAgain() {
    return new Outcome(scenario, played, judgement, cause, wallSeconds, true);
  }

  /** Pass, fail or unknown. */
  public Status status() {
    return judgement.status();
  }
}
