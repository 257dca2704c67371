package raftlab.explain.detect;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import raftlab.explain.view.ClusterView;
import raftlab.explain.view.ReplicaView;
import raftlab.judge.check.Contradiction;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.KnownMistake;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Restored;
import raftlab.node.StateChange.SnapshotInstalled;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** A request that was sent again must be executed once (§8). */
final class DuplicateExecutionDetector implements Detector {
  private final ClusterView cluster;
  private final Suspicions suspicions;

  /** Where the state of each replica came from a snapshot first. */
  private final Map<Id, Event.Reported> snapshots = new HashMap<>();

  DuplicateExecutionDetector(ClusterView cluster, Suspicions suspicions) {
    this.cluster = cluster;
    this.suspicions = suspicions;
  }

  @Override
  public void reported(ReplicaView replica, StateChange change, Event.Reported event) {
    if (change instanceof SnapshotInstalled
        || change instanceof Restored found && found.snapshotIndex() > 0) {
      snapshots.putIfAbsent(replica.id(), event);
    }
  }

  /**
   * A write took effect twice. A retry was executed only if there was one: a replica may also apply
   * an entry twice.
   */
  void tookEffectTwice(Contradiction found) {
    if (!wasSentAgain(found)) {
      return;
    }
    long at = found.blamed().atMicros();
    Event.Reported snapshot =
        found.blamed() instanceof Event.Answered answer ? snapshots.get(answer.replica()) : null;
    if (snapshot != null && snapshot.atMicros() < at) {
      suspicions.proven(
          KnownMistake.SNAPSHOT_WITHOUT_SESSIONS,
          at,
          Evidence.of(snapshot, found.blamed()),
          "an answer of replica %s, whose state came from a snapshot %s, showed that a write took"
              + " effect twice",
          snapshot.replica(),
          cluster.at(snapshot.atMicros()));
    } else {
      suspicions.proven(
          KnownMistake.EXECUTES_RETRIES,
          at,
          Evidence.of(found.blamed()),
          "an answer showed that a write that was sent again took effect twice");
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
    for (Event event : cluster.trace().events()) {
      if (event.atMicros() > found.blamed().atMicros()) {
        return false;
      } else if (event instanceof Event.Requested request && writes.contains(request.operation())) {
        if (request.retry()) {
          return true;
        }
        mids.add(request.mid());
      } else if (event instanceof Event.Sent sent
          && mids.contains(sent.message().mid())
          && cluster.replica(sent.from()) == null) { // the request, not an answer to it
        messages.add(sent.number());
      } else if (event instanceof Event.Duplicated copy && messages.contains(copy.number())) {
        return true;
      }
    }
    return false;
  }
}
