package raftlab.explain;

import java.util.HashMap;
import java.util.Map;
import raftlab.judge.Contradiction;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Appended;
import raftlab.node.StateChange.Restored;
import raftlab.node.StateChange.SnapshotInstalled;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** Requests that are in the log twice, since they were sent again: they must be executed once. */
final class Replays implements Detector {
  private final Scene scene;

  /** Where each replica's state came from a snapshot, last. */
  private final Map<Id, Event.Reported> snapshots = new HashMap<>();

  private final Map<String, Long> firstIndex = new HashMap<>();
  private long repeatedIndex;

  Replays(Scene scene) {
    this.scene = scene;
  }

  @Override
  public void reported(Subject who, StateChange change, Event.Reported event) {
    if (change instanceof SnapshotInstalled
        || change instanceof Restored found && found.snapshotIndex() > 0) {
      snapshots.putIfAbsent(who.id, event);
    } else if (change instanceof Appended appended && appended.command() != null) {
      Long first = firstIndex.putIfAbsent(appended.command(), appended.index());
      if (first != null && first < appended.index() && appended.command().contains(" once ")) {
        repeatedIndex = Math.max(repeatedIndex, appended.index());
      }
    }
  }

  /** A write took effect twice. */
  void twice(Contradiction found, Clues clues) {
    Event.Reported snapshot =
        found.blamed() instanceof Event.Answered answer ? snapshots.get(answer.replica()) : null;
    if (snapshot != null && snapshot.atMicros() < found.blamed().atMicros()) {
      clues.proven(
          found.blamed().atMicros(),
          "snapshot-without-sessions",
          "§7 and §8",
          String.format(
              "A write took effect twice, by an answer of replica %s, whose state came from a snapshot"
                  + " %s: a snapshot holds not only the keys and values, but also which requests of"
                  + " which client were executed.",
              snapshot.replica(), scene.at(snapshot.atMicros())),
          snapshot,
          found.blamed());
    } else {
      clues.proven(
          found.blamed().atMicros(),
          "executes-retries",
          "§8",
          "A write that a client sent again took effect twice: before a write is executed, look up"
              + " whether that client's request of that number (or MID) was executed already, and"
              + " answer what was answered then.",
          found.blamed());
    }
  }
}
