package raftlab.explain.detect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import raftlab.explain.view.InFlightMessage;
import raftlab.explain.view.ReplicaView;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.KnownMistake;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Applied;
import raftlab.node.StateChange.Restored;
import raftlab.node.StateChange.Truncated;
import raftlab.node.StateChange.Voted;
import raftlab.trace.Event;
import raftlab.wire.Id;

/**
 * What a replica finds in its storage after a restart, beyond what it lost (§5.1, §5.3, §7): only
 * its vote for itself is missing, entries are back that it had deleted, or it applies entries again
 * that its snapshot covers.
 */
final class StoredStateDetector implements Detector {
  /** The last entry of a log from which entries were deleted. */
  private record Deleted(long index, long term, Event.Reported event) {}

  /** What a replica reported; it counts only if the replica has sent a message since. */
  private static final class Known {
    final List<Deleted> deleted = new ArrayList<>();
    final List<Deleted> deletedNow = new ArrayList<>();
    @Nullable Voted vote;
    boolean isVoteStored;
    @Nullable Restored restored;
    Event.@Nullable Reported restoredReport;
  }

  private final Suspicions suspicions;
  private final Map<Id, Known> replicas = new HashMap<>();
  private Event.@Nullable Reported ownVoteLoss;
  private boolean losesOtherVotes;
  private boolean keepsOtherVotes;

  StoredStateDetector(Suspicions suspicions) {
    this.suspicions = suspicions;
  }

  private Known known(ReplicaView replica) {
    return replicas.computeIfAbsent(replica.id(), id -> new Known());
  }

  @Override
  public void started(ReplicaView replica, boolean isRestart, Event.Started event) {
    known(replica).restored = null;
    known(replica).deletedNow.clear();
  }

  @Override
  public void sent(ReplicaView from, InFlightMessage message) {
    Known known = known(from);
    known.isVoteStored = known.vote != null;
    known.deleted.addAll(known.deletedNow);
    known.deletedNow.clear();
  }

  @Override
  public void reported(ReplicaView replica, StateChange change, Event.Reported event) {
    if (!replica.reports() && !(change instanceof Restored)) {
      return;
    }
    Known known = known(replica);
    if (change instanceof Voted vote) {
      known.vote = vote;
      known.isVoteStored = false;
    } else if (change instanceof Truncated) {
      known.deletedNow.add(new Deleted(replica.log().lastIndex(), replica.log().lastTerm(), event));
    } else if (change instanceof Restored found) {
      vote(replica, known, found, event);
      entries(replica, known, found, event);
      known.restored = found;
      known.restoredReport = event;
    } else if (change instanceof Applied applied) {
      applied(replica, known, applied, event);
    }
  }

  private void vote(ReplicaView replica, Known known, Restored found, Event.Reported event) {
    Voted vote = known.vote;
    if (vote == null || !known.isVoteStored || vote.term() != found.term()) {
      return;
    }
    boolean isOwn = vote.candidate().equals(replica.id());
    boolean isKept = vote.candidate().equals(found.votedFor());
    if (isOwn && !isKept && ownVoteLoss == null) {
      ownVoteLoss = event;
    }
    keepsOtherVotes |= !isOwn && isKept;
    losesOtherVotes |= !isOwn && !isKept;
  }

  private void entries(ReplicaView replica, Known known, Restored found, Event.Reported event) {
    for (Deleted deleted : known.deleted) {
      if (deleted.index == found.lastIndex()
          && deleted.term == found.lastTerm()
          && replica.log().lastIndex() < deleted.index) {
        suspicions.proven(
            KnownMistake.RESTORES_DELETED_ENTRIES,
            event.atMicros(),
            Evidence.of(deleted.event, event),
            "replica %s, whose log had ended at entry %d, restarted with a log up to entry %d of term"
                + " %d, which it had deleted",
            replica.id(),
            replica.log().lastIndex(),
            found.lastIndex(),
            found.lastTerm());
        return;
      }
    }
  }

  private void applied(ReplicaView replica, Known known, Applied applied, Event.Reported event) {
    if (known.restored != null && applied.index() <= known.restored.snapshotIndex()) {
      suspicions.proven(
          KnownMistake.APPLIES_AGAIN_AFTER_RESTART,
          event.atMicros(),
          Evidence.of(known.restoredReport, event),
          "replica %s, which had restarted from a snapshot up to entry %d, applied entry %d",
          replica.id(),
          known.restored.snapshotIndex(),
          applied.index());
    }
  }

  @Override
  public void ended() {
    if (ownVoteLoss != null && keepsOtherVotes && !losesOtherVotes) {
      suspicions.proven(
          KnownMistake.FORGETS_OWN_VOTE,
          ownVoteLoss.atMicros(),
          Evidence.of(ownVoteLoss),
          "replica %s, which had voted for itself in term %d, restarted without that vote; votes for"
              + " others were kept",
          ownVoteLoss.replica(),
          ((Restored) ownVoteLoss.change()).term());
    }
  }
}
