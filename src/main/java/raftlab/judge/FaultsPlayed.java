package raftlab.judge;

import java.util.ArrayList;
import java.util.List;
import raftlab.trace.Event;

/**
 * Every fault that the scenario plans was played: the replicas named a leader when one was needed.
 */
final class FaultsPlayed implements Judge {
  private static final String PROMISE =
      "the replicas name their leader, so that every planned fault can happen";

  @Override
  public Verdict judge(RunRecord run) {
    List<Event.FaultHeld> never = new ArrayList<>();
    for (Event event : run.trace().events()) {
      if (event instanceof Event.FaultHeld held && held.forGood()) {
        never.add(held);
      }
    }
    if (never.isEmpty()) {
      return run.isComplete() || run.scenario().faults().isEmpty()
          ? Verdict.pass(
              "faults_played", PROMISE, "all " + run.scenario().faults().size() + " happened")
          : Verdict.unknown("faults_played", PROMISE, "the run ended early");
    }
    return Verdict.failUnlessLoaded(
        "faults_played",
        PROMISE,
        never.get(0).what() + " could not happen: " + never.get(0).why(),
        never);
  }
}
