package raftlab.judge.check;

import java.util.ArrayList;
import java.util.List;
import raftlab.judge.invariant.CheckName;
import raftlab.trace.Event;

/**
 * Checks that every planned fault was played: the replicas named a leader when a fault needed one,
 * and did in time what the operator requested (a leadership transfer or a membership change).
 */
public final class FaultsPlayedCheck implements RunCheck {
  private static final String NAMED =
      "the replicas name their leader, so that every planned fault can be played";
  private static final String DONE =
      "the replicas name their leader and make the requested changes, so that every"
          + " planned fault can be played";

  @Override
  public Verdict judge(JudgedRun run) {
    boolean asked =
        run.scenario().actions().stream().anyMatch(action -> action.type().isClusterRequest());
    String requirement = asked ? DONE : NAMED;
    List<Event.FaultHeld> never = new ArrayList<>();
    for (Event event : run.rareEvents().events()) {
      if (event instanceof Event.FaultHeld held && held.forGood()) {
        never.add(held);
      }
    }
    if (never.isEmpty()) {
      return run.isComplete() || run.scenario().actions().isEmpty()
          ? Verdict.pass(CheckName.FAULTS_PLAYED, requirement, "all planned faults were played")
          : Verdict.unknown(CheckName.FAULTS_PLAYED, requirement, "the run ended early");
    }
    return Verdict.failUnlessLoaded(
        CheckName.FAULTS_PLAYED,
        requirement,
        never.get(0).what() + " was not executed: " + never.get(0).why(),
        never);
  }
}
