package raftlab.judge.check;

import java.util.ArrayList;
import java.util.List;
import raftlab.trace.Event;

/**
 * Every fault that the scenario plans was played: the replicas named a leader when one was needed,
 * and what the operator asked them for (another leader, a member more or less) they did in time.
 */
public final class FaultsPlayedCheck implements RunCheck {
  private static final String NAMED =
      "the replicas name their leader, so that every planned fault can happen";
  private static final String DONE =
      "the replicas name their leader and do what they are asked for, so that every planned fault"
          + " can happen";

  @Override
  public Verdict judge(JudgedRun run) {
    boolean asked =
        run.scenario().actions().stream().anyMatch(action -> action.type().isAskedFor());
    String promise = asked ? DONE : NAMED;
    List<Event.FaultHeld> never = new ArrayList<>();
    for (Event event : run.landmarks().events()) {
      if (event instanceof Event.FaultHeld held && held.forGood()) {
        never.add(held);
      }
    }
    if (never.isEmpty()) {
      return run.isComplete() || run.scenario().actions().isEmpty()
          ? Verdict.pass("faults_played", promise, "everything that was planned happened")
          : Verdict.unknown("faults_played", promise, "the run ended early");
    }
    return Verdict.failUnlessLoaded(
        "faults_played",
        promise,
        never.get(0).what() + " could not happen: " + never.get(0).why(),
        never);
  }
}
