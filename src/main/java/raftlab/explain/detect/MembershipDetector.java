package raftlab.explain.detect;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import raftlab.explain.view.ClusterView;
import raftlab.explain.view.InFlightMessage;
import raftlab.explain.view.ReplicaView;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.KnownMistake;
import raftlab.node.StateChange;
import raftlab.node.StateChange.MembersChanged;
import raftlab.node.StateChange.Restored;
import raftlab.node.StateChange.RoleChanged;
import raftlab.node.StateChange.SnapshotInstalled;
import raftlab.node.StateChange.Truncated;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** Which configuration a replica uses, and what it does as a removed member (§6). */
final class MembershipDetector implements Detector {
  /** Longer than any election timeout, with attempts that failed. */
  private static final long MAX_PATIENCE_MICROS = 4_000_000;

  /** A removed replica may not know yet that its removal is committed. */
  private static final int OFTEN = 3;

  private static final class Known {
    @Nullable MembersChanged members;
    Event.@Nullable Reported report;

    /** The configuration whose entry was deleted, until another is reported. */
    @Nullable MembersChanged deleted;

    Event.@Nullable Reported deletion;

    /** The configuration before a restart, whose entry the stored log has. */
    @Nullable MembersChanged stored;

    Event.@Nullable Reported restored;

    /** When it last stood for election, voted, started, or received a leader's message. */
    long activeAt;

    int candidacies;
  }

  private final ClusterView cluster;
  private final Suspicions suspicions;
  private final Map<Id, Known> replicas = new HashMap<>();

  MembershipDetector(ClusterView cluster, Suspicions suspicions) {
    this.cluster = cluster;
    this.suspicions = suspicions;
  }

  private Known known(Id replica) {
    return replicas.computeIfAbsent(replica, id -> new Known());
  }

  @Override
  public void started(ReplicaView replica, boolean isRestart, Event.Started event) {
    Known known = known(replica.id());
    known.activeAt = event.atMicros();
    known.deleted = null;
  }

  @Override
  public void delivered(ReplicaView to, InFlightMessage message, Event.Delivered event) {
    if (message.content().isFromLeader()) {
      known(to.id()).activeAt = event.atMicros();
    }
  }

  @Override
  public void reported(ReplicaView replica, StateChange change, Event.Reported event) {
    if (!replica.reports()) {
      return;
    }
    Known known = known(replica.id());
    if (change instanceof MembersChanged now) {
      changed(replica, known, now, event);
    } else if (change instanceof Truncated truncated) {
      if (known.members != null && known.members.index() >= truncated.fromIndex()) {
        known.deleted = known.members;
        known.deletion = event;
      }
    } else if (change instanceof SnapshotInstalled) {
      known.deleted = null;
    } else if (change instanceof Restored found) {
      boolean isStored =
          known.members != null
              && known.members.index() > 0
              && known.members.index() <= found.lastIndex();
      known.stored = isStored ? known.members : null;
      known.restored = event;
    } else if (change instanceof RoleChanged now) {
      known.activeAt = event.atMicros();
      usesOld(replica.id(), known, event.atMicros());
      if (now.role() != StateChange.Role.FOLLOWER) {
        stands(replica, known, event);
      }
    }
  }

  private void changed(ReplicaView replica, Known known, MembersChanged now, Event.Reported event) {
    MembersChanged before = known.members;
    boolean isOwnEntry =
        replica.leads()
            && replica.log().lastIndex() == now.index()
            && replica.log().lastTerm() == replica.term();
    if (before != null
        && isOwnEntry
        && !before.voters().equals(now.voters())
        && now.index() > replica.firstOwnEntry()
        && replica.commitIndex() < replica.firstOwnEntry()) {
      suspicions.proven(
          KnownMistake.CHANGES_BEFORE_OWN_COMMIT,
          event.atMicros(),
          Evidence.of(replica.leaderReport(), event),
          "replica %s, leader of term %d, changed the members with entry %d before entry %d, the first"
              + " of its term, was committed",
          replica.id(),
          replica.term(),
          now.index(),
          replica.firstOwnEntry());
    }
    known.members = now;
    known.report = event;
    known.deleted = null;
  }

  /**
   * A replica that does something has reported its members since it deleted entries, or started.
   */
  @Override
  public void sent(ReplicaView from, InFlightMessage message) {
    usesOld(from.id(), known(from.id()), message.atMicros());
  }

  private void usesOld(Id replica, Known known, long now) {
    if (known.deleted != null && known.deletion != null) {
      suspicions.proven(
          KnownMistake.KEEPS_DELETED_CONFIGURATION,
          now,
          Evidence.of(known.report, known.deletion),
          "replica %s deleted entry %d, with which it had changed its members, and still used these"
              + " members",
          replica,
          known.deleted.index());
    }
    MembersChanged stored = known.stored;
    if (stored != null && known.members != null && known.members.index() < stored.index()) {
      suspicions.proven(
          KnownMistake.FORGETS_MEMBERS,
          now,
          Evidence.of(known.restored, known.report),
          "replica %s used the members of entry %d after a restart, though its stored log had the"
              + " later members of entry %d",
          replica,
          known.members.index(),
          stored.index());
    }
    known.deleted = null;
    known.stored = null;
  }

  /** It starts an election. */
  private void stands(ReplicaView replica, Known known, Event.Reported event) {
    MembersChanged members = known.members;
    if (members != null
        && members.index() > 0
        && members.index() <= replica.commitIndex()
        && !isMember(replica.id(), members)
        && ++known.candidacies == OFTEN) {
      suspicions.likely(
          KnownMistake.REMOVED_STANDS,
          event.atMicros(),
          Evidence.of(known.report, event),
          "replica %s started an election for the %d. time after entry %d, which removed it, was"
              + " committed on it",
          replica.id(),
          OFTEN,
          members.index());
    }
  }

  private static boolean isMember(Id replica, MembersChanged members) {
    return members.voters().contains(replica) || members.learners().contains(replica);
  }

  @Override
  public void ended() {
    List<Event> events = cluster.trace().events();
    long end = events.isEmpty() ? 0 : events.get(events.size() - 1).atMicros();
    replicas.forEach((id, known) -> waitsForever(id, known, end));
  }

  /** Its removal is not committed, and it waits for a leader that may never come. */
  private void waitsForever(Id id, Known known, long end) {
    ReplicaView replica = cluster.replica(id);
    MembersChanged members = known.members;
    if (replica == null
        || members == null
        || !replica.reports()
        || !replica.isUp()
        || replica.isPaused()
        || replica.isLeader()
        || members.index() <= replica.commitIndex()
        || members.voters().isEmpty()
        || isMember(id, members)) {
      return;
    }
    long since = Math.max(known.activeAt, replica.disturbedAt());
    if (end - since > MAX_PATIENCE_MICROS) {
      suspicions.probable(
          KnownMistake.REMOVED_NEVER_STANDS,
          since,
          Evidence.of(known.report),
          "replica %s, whose removal with entry %d was not committed yet, received the last message of"
              + " a leader; in the next %s it did not stand for election",
          id,
          members.index(),
          ClusterView.duration(end - since));
    }
  }
}
