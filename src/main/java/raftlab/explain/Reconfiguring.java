package raftlab.explain;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import raftlab.node.StateChange;
import raftlab.node.StateChange.MembersChanged;
import raftlab.node.StateChange.Role;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** A leader changes the members one at a time: the next change waits until this is committed. */
final class Reconfiguring implements Detector {
  private final Scene scene;
  private final Clues clues;
  private final Map<Id, Event.Reported> latest = new HashMap<>();

  Reconfiguring(Scene scene, Clues clues) {
    this.scene = scene;
    this.clues = clues;
  }

  @Override
  public void started(Subject who, boolean again, Event.Started event) {
    latest.remove(who.id);
  }

  @Override
  public void reported(Subject who, StateChange change, Event.Reported event) {
    if (!(change instanceof MembersChanged now)) {
      return;
    }
    Event.Reported before = latest.put(who.id, event);
    if (before == null
        || who.role != Role.LEADER
        || !(before.change() instanceof MembersChanged last)
        || last.index() >= now.index()
        || last.index() <= who.commit) {
      return;
    }
    if (clues.isNew("two-changes-at-once")) {
      clues.certain(
          event.atMicros(),
          "two-changes-at-once",
          "§6",
          String.format(
              Locale.ROOT,
              "Leader %s changed the members with entry %d %s, while the change before it, entry %d,"
                  + " was not committed: with two changes at once, two majorities may have no"
                  + " member in common; the second waits.",
              who.id,
              now.index(),
              scene.at(event.atMicros()),
              last.index()),
          before,
          event);
    }
  }
}
