package raftlab.explain.detect;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import raftlab.explain.view.InFlightMessage;
import raftlab.explain.view.ReplicaView;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.KnownMistake;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Appended;
import raftlab.node.StateChange.Committed;
import raftlab.node.StateChange.Restored;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.node.StateChange.SnapshotInstalled;
import raftlab.node.StateChange.Truncated;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** What a replica does with its stored state after a restart (§5.1, §5.3, Figure 2). */
final class RestartDetector implements Detector {
  /** What is known of a replica besides the view, which is set back by a restart. */
  private static final class Known {
    long commitIndex;
    long lastIndex;
    long sentIndex;
    boolean isLastOwn;
    long ledTerm = -1;
    boolean isNew;
    Event.@Nullable Reported restored;
  }

  private final Suspicions suspicions;
  private final Map<Id, Known> replicas = new HashMap<>();
  private Event.@Nullable Reported leaderLoss;
  private long lostIndex;
  private boolean othersLose;
  private boolean othersKeep;

  RestartDetector(Suspicions suspicions) {
    this.suspicions = suspicions;
  }

  private Known known(ReplicaView replica) {
    return replicas.computeIfAbsent(replica.id(), id -> new Known());
  }

  @Override
  public void started(ReplicaView replica, boolean isRestart, Event.Started event) {
    known(replica).isNew = isRestart;
    known(replica).restored = null;
  }

  @Override
  public void delivered(ReplicaView to, InFlightMessage message, Event.Delivered event) {
    known(to).isNew = false;
  }

  @Override
  public void sent(ReplicaView from, InFlightMessage message) {
    known(from).sentIndex = known(from).lastIndex;
  }

  @Override
  public void reported(ReplicaView replica, StateChange change, Event.Reported event) {
    if (!replica.reports()) {
      return;
    }
    Known known = known(replica);
    if (change instanceof Restored found) {
      restored(known, found, event);
    } else if (change instanceof Committed committed) {
      committed(replica, known, committed.index(), event);
    } else if (change instanceof RoleChanged now) {
      known.isNew &= now.role() == Role.FOLLOWER;
      known.ledTerm = now.role() == Role.LEADER ? now.term() : -1;
    } else if (change instanceof Appended appended) {
      known.lastIndex = appended.index();
      known.isLastOwn = known.ledTerm == appended.term();
    } else if (change instanceof Truncated truncated) {
      known.lastIndex = truncated.fromIndex() - 1;
      known.sentIndex = Math.min(known.sentIndex, known.lastIndex);
      known.isLastOwn = false;
    } else if (change instanceof SnapshotInstalled installed) {
      known.lastIndex = installed.lastIndex();
      known.isLastOwn = false;
    }
  }

  private void committed(ReplicaView replica, Known known, long index, Event.Reported event) {
    if (known.isNew
        && known.restored != null
        && index > known.commitIndex
        && index > replica.commitIndex()) {
      suspicions.proven(
          KnownMistake.COMMITS_AT_RESTART,
          event.atMicros(),
          Evidence.of(known.restored, event),
          "replica %s, which had just restarted and received no message, committed entry %d; before"
              + " the restart its commit index was %d",
          replica.id(),
          index,
          known.commitIndex);
    }
    known.commitIndex = Math.max(known.commitIndex, index);
  }

  private void restored(Known known, Restored found, Event.Reported event) {
    known.restored = event;
    if (found.lastIndex() >= known.sentIndex) {
      othersKeep |= known.ledTerm < 0 && !known.isLastOwn && known.sentIndex > 0;
    } else if (known.ledTerm == found.term() && known.isLastOwn) {
      // In its own term no other leader can have had its entries deleted.
      leaderLoss = leaderLoss == null ? event : leaderLoss;
      lostIndex = leaderLoss == event ? found.lastIndex() + 1 : lostIndex;
    } else {
      othersLose = true;
    }
    known.lastIndex = found.lastIndex();
    known.sentIndex = found.lastIndex();
    known.ledTerm = -1;
    known.isLastOwn = false;
  }

  @Override
  public void ended() {
    if (leaderLoss != null && !othersLose && othersKeep) {
      suspicions.proven(
          KnownMistake.LEADER_STORES_LATE,
          leaderLoss.atMicros(),
          Evidence.of(leaderLoss),
          "replica %s restarted without entry %d, which it had appended and sent as the leader;"
              + " followers that restarted had all their entries",
          leaderLoss.replica(),
          lostIndex);
    }
  }
}
