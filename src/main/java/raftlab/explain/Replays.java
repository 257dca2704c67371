package raftlab.explain;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import raftlab.judge.check.Contradiction;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Restored;
import raftlab.node.StateChange.SnapshotInstalled;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** Requests that are in the log twice, since they were sent again: they must be executed once. */
final class Replays implements Detector {
  private final Scene scene;

  /** Where each replica's state came from a snapshot, last. */
  private final Map<Id, Event.Reported> snapshots = new HashMap<>();

  Replays(Scene scene) {
    this.scene = scene;
  }

  @Override
  public void reported(Subject who, StateChange change, Event.Reported event) {
    if (change instanceof SnapshotInstalled
        || change instanceof Restored found && found.snapshotIndex() > 0) {
      snapshots.putIfAbsent(who.id, event);
    }
  }

  /**
   * A write took effect twice. That a retry was executed is only certain if there was one: a
   * replica may also apply an entry twice.
   */
  void twice(Contradiction found, Clues clues) {
    if (!wasSentAgain(found)) {
      return;
    }
    Event.Reported snapshot =
        found.blamed() instanceof Event.Answered answer ? snapshots.get(answer.replica()) : null;
    if (snapshot != null && snapshot.atMicros() < found.blamed().atMicros()) {
      clues.proven(
          found.blamed().atMicros(),
          "snapshot-without-sessions",
          "§7 and §8",
          String.format(
              Locale.ROOT,
              "A write took effect twice, by an answer of replica %s, whose state came from a snapshot"
                  + " %s: a snapshot holds not only the keys and values, but also which requests of"
                  + " which client were executed.",
              snapshot.replica(),
              scene.at(snapshot.atMicros())),
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

  /** Whether a client, or the network, sent a write again that the wrong answer shows. */
  private boolean wasSentAgain(Contradiction found) {
    String shown = found.blamed() instanceof Event.Answered answer ? answer.value() : null;
    Set<Long> writes = new HashSet<>();
    for (Event event : found.evidence()) {
      if (event instanceof Event.Requested request
          && request.value() != null
          && shown != null
          && shown.contains(request.value())) {
        writes.add(request.operation());
      }
    }
    Set<String> mids = new HashSet<>();
    Set<Long> messages = new HashSet<>();
    for (Event event : scene.trace().events()) {
      if (event.atMicros() > found.blamed().atMicros()) {
        return false;
      } else if (event instanceof Event.Requested request && writes.contains(request.operation())) {
        if (request.retry()) {
          return true;
        }
        mids.add(request.mid());
      } else if (event instanceof Event.Sent sent
          && mids.contains(sent.message().mid())
          && scene.subject(sent.from()) == null) { // the request, not an answer to it
        messages.add(sent.number());
      } else if (event instanceof Event.Duplicated copy && messages.contains(copy.number())) {
        return true;
      }
    }
    return false;
  }
}
