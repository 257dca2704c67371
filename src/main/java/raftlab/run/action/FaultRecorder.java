package raftlab.run.action;

import java.util.Collection;
import java.util.List;
import raftlab.run.lab.Lab;
import raftlab.run.lab.ReplicaState;
import raftlab.scenario.Action;
import raftlab.scenario.ActionType;
import raftlab.scenario.TargetSelector;
import raftlab.scenario.file.ActionJson;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** Records in the trace which actions were applied and which were not possible. */
record FaultRecorder(Lab lab) {
  /**
   * Records an applied action.
   *
   * @param what its name in the scenario
   * @param exactly the action with its targets' IDs; it does the same in any run
   * @param how describes what was done
   */
  void notePlayed(ActionType what, Action exactly, String how) {
    note(what, ActionJson.of(exactly).toString(), how);
  }

  /** Records the result of a requested change. */
  void noteOutcome(ActionType what, String how) {
    note(what, "", how);
  }

  private void note(ActionType what, String exactly, String how) {
    lab.trace().add(new Event.Fault(lab.nowMicros(), what.key(), how, exactly));
  }

  /** Returns an action on these replicas, by their IDs. */
  static Action withTargets(ActionType type, Collection<Id> ids, Action.Detail detail) {
    return new Action(type, selectorOf(ids), 1, 0, "", detail);
  }

  /** Returns an action without details on these replicas, by their IDs. */
  static Action withTargets(ActionType type, Collection<Id> ids) {
    return withTargets(type, ids, new Action.Plain());
  }

  /** Returns a selector of these replicas by their IDs. */
  static TargetSelector selectorOf(Collection<Id> ids) {
    return new TargetSelector(
        ids.stream()
            .map(
                id ->
                    new TargetSelector.SelectorPart(
                        TargetSelector.SelectorKind.ID, 0, id.toString()))
            .toList());
  }

  /** Records that an action isn't possible now. */
  void noteDelayed(ActionType type, String why) {
    lab.trace().add(new Event.FaultHeld(lab.nowMicros(), type.key(), why, false));
  }

  /** Records that an action was never possible. */
  void noteImpossible(ActionType type, String why) {
    lab.trace().add(new Event.FaultHeld(lab.nowMicros(), type.key(), why, true));
  }

  /** Returns the leader's ID, as descriptions of actions show it: FFFF for none. */
  String leaderText() {
    return lab.leader().orElse(Id.BROADCAST).toString();
  }

  /** Returns the members that are ready and not the leader, ascending. */
  List<Id> reachableFollowers() {
    return lab.members().stream()
        .filter(id -> lab.state(id) == ReplicaState.READY && !lab.isLeader(id))
        .toList();
  }
}
