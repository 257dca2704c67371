package raftlab.run.action;

import java.util.Collection;
import java.util.List;
import raftlab.run.lab.Lab;
import raftlab.scenario.Action;
import raftlab.scenario.ActionType;
import raftlab.scenario.TargetSelector;
import raftlab.scenario.file.ActionJson;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** Notes in the trace what was done to the cluster, and what could not be done. */
record FaultLog(Lab lab) {
  /**
   * Notes what was done.
   *
   * @param what its name in the scenario
   * @param exactly the same with whom it was done to; it does the same in any run
   * @param how what was done, in words
   */
  void played(ActionType what, Action exactly, String how) {
    note(what, ActionJson.of(exactly).toString(), how);
  }

  /** Notes what came of something that was asked for. */
  void came(ActionType what, String how) {
    note(what, "", how);
  }

  private void note(ActionType what, String exactly, String how) {
    lab.trace().add(new Event.Fault(lab.nowMicros(), what.key(), how, exactly));
  }

  /** An action that is done to these, by their IDs. */
  static Action exactly(ActionType type, Collection<Id> ids, Action.Detail detail) {
    return new Action(type, who(ids), 1, 0, "", detail);
  }

  /** An action that is done to these, by their IDs, and needs to be told nothing else. */
  static Action exactly(ActionType type, Collection<Id> ids) {
    return exactly(type, ids, new Action.Plain());
  }

  /** These, by their IDs. */
  static TargetSelector who(Collection<Id> ids) {
    return new TargetSelector(
        ids.stream()
            .map(id -> new TargetSelector.Part(TargetSelector.Kind.ID, 0, id.toString()))
            .toList());
  }

  /** Notes that it can't be done now. */
  void late(ActionType type, String why) {
    lab.trace().add(new Event.FaultHeld(lab.nowMicros(), type.key(), why, false));
  }

  /** Notes that it can't be done at all. */
  void impossible(ActionType type, String why) {
    lab.trace().add(new Event.FaultHeld(lab.nowMicros(), type.key(), why, true));
  }

  /** The members that can be reached and don't lead, ascending. */
  List<Id> followers() {
    return lab.members().stream()
        .filter(id -> lab.state(id) == Lab.State.READY && !id.equals(lab.leader()))
        .toList();
  }
}
