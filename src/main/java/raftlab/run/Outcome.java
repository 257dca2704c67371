package raftlab.run;

import java.util.function.Consumer;
import raftlab.cluster.World;
import raftlab.judge.Judgement;
import raftlab.judge.Verdict.Status;
import raftlab.scenario.Scenario;
import raftlab.trace.Event;
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

  /** Plays a scenario once and judges it; {@code watcher} sees each event as it happens. */
  public static Outcome play(Scenario scenario, World world, long seed, Consumer<Event> watcher) {
    long from = System.nanoTime();
    Run run = new Run(scenario, world, seed);
    run.watch(watcher);
    Trace trace = run.play();
    return of(scenario, trace, (System.nanoTime() - from) / 1e9);
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
