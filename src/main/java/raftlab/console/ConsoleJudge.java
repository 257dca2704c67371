package raftlab.console;

import java.util.Locale;
import java.util.Optional;
import raftlab.explain.Explanation;
import raftlab.explain.LikelyCause;
import raftlab.judge.Judgement;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;
import raftlab.trace.Event;
import raftlab.trace.Trace;

/**
 * Judges what has happened in the console so far, as if a scenario had ended now.
 *
 * @param scenario the scenario as which it is judged
 * @param trace the events so far, and an end
 */
record ConsoleJudge(Scenario scenario, Trace trace, Judgement judgement) {
  /** The fewest replicas of a scenario. */
  private static final int MIN_REPLICAS = 3;

  /** The scenario of a console's cluster: replicas may be restarted at any time. */
  static String scenarioJson(int replicas) {
    return String.format(
        Locale.ROOT,
        "{\"lifetime\": 3600, \"replicas\": %d, \"start_wait\": 0,"
            + " \"steps\": [{\"type\": \"restart_all\"}]}",
        Math.max(MIN_REPLICAS, replicas));
  }

  /** Judges a cluster. */
  static ConsoleJudge of(LiveCluster cluster) {
    Trace live = cluster.lab().trace();
    if (live.header().replicas().size() < MIN_REPLICAS) {
      throw new CommandException(
          "found a cluster of 2 replicas, expected 3 or more: 2 have no majority without each"
              + " other");
    }
    if (cluster.isTraceCut()) {
      throw new CommandException(
          "the events since the start don't fit into memory any more; `start` begins again");
    }
    try {
      Scenario scenario = ScenarioReader.read("console", live.header().scenarioJson());
      Trace trace = new Trace(live.header());
      live.events().forEach(trace::add);
      trace.add(new Event.Ended(cluster.lab().nowMicros(), Event.EndReason.COMPLETE));
      return new ConsoleJudge(scenario, trace, Judgement.of(scenario, trace));
    } catch (ScenarioException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The likely cause of a failure. */
  Optional<LikelyCause> cause() {
    return Explanation.of(scenario, trace, judgement);
  }

  BranchVerdict verdict() {
    return BranchVerdict.of(judgement);
  }
}
