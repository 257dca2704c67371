package raftlab.explain.detect;

import java.util.HashMap;
import java.util.Map;
import raftlab.dialect.RaftMessageView;
import raftlab.dialect.RaftMessageView.Append;
import raftlab.dialect.RaftMessageView.Install;
import raftlab.explain.view.InFlightMessage;
import raftlab.explain.view.ReplicaView;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.KnownMistake;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Applied;
import raftlab.node.StateChange.SnapshotInstalled;
import raftlab.node.StateChange.SnapshotTaken;
import raftlab.trace.Event;

/** A snapshot has the last entry's term, and replaces only older entries (§7, Figure 13). */
final class SnapshotDetector implements Detector {
  private final Suspicions suspicions;

  /** The terms of entries that were applied. */
  private final Map<Long, Long> appliedTerms = new HashMap<>();

  /** By index: the lowest term of entries that were sent. */
  private final Map<Long, Long> sentTerms = new HashMap<>();

  SnapshotDetector(Suspicions suspicions) {
    this.suspicions = suspicions;
  }

  @Override
  public void reported(ReplicaView replica, StateChange change, Event.Reported event) {
    if (change instanceof Applied applied) {
      appliedTerms.putIfAbsent(applied.index(), applied.term());
    } else if (change instanceof SnapshotTaken taken) {
      checkTerm(replica, taken.index(), taken.term(), event);
    } else if (change instanceof SnapshotInstalled installed) {
      checkTerm(replica, installed.index(), installed.term(), event);
      installed(replica, installed, event);
    }
  }

  private void checkTerm(ReplicaView replica, long index, long term, Event.Reported event) {
    Long right = appliedTerms.get(index);
    if (right != null && right != term) {
      suspicions.certain(
          KnownMistake.SNAPSHOT_WITHOUT_TERM,
          event.atMicros(),
          Evidence.of(event),
          "replica %s had a snapshot whose last entry is entry %d of term %d, but that entry is of"
              + " term %d",
          replica.id(),
          index,
          term,
          right);
    }
  }

  /** A leader that discarded entries must still send the term of the last of them. */
  @Override
  public void sent(ReplicaView from, InFlightMessage message) {
    if (message.content() instanceof Install install) {
      checkSentTerm(from, install.index(), install.lastTerm(), message);
      return;
    }
    if (!(message.content() instanceof Append append) || !from.leads()) {
      return;
    }
    long prev = append.prevIndex();
    if (!from.reports() && prev >= 0) {
      checkSentTerm(from, prev, append.prevTerm(), message);
      for (int i = 0; i < append.terms().size(); i++) {
        sentTerms.merge(prev + 1 + i, append.terms().get(i), Math::min);
      }
    }
    Long right = appliedTerms.get(prev);
    if (right != null
        && append.prevTerm() != RaftMessageView.UNKNOWN
        && append.prevTerm() != right
        && from.commitIndex() >= prev
        && append.prevTerm() <= 0) {
      sentWrongTerm(from, prev, append.prevTerm(), right, message);
    }
  }

  /** No entry of this index was ever sent with a term below 1. */
  private void checkSentTerm(ReplicaView from, long index, long term, InFlightMessage message) {
    long right = sentTerms.getOrDefault(index, 0L);
    if (index > 0 && right > 0 && term != RaftMessageView.UNKNOWN && term <= 0) {
      sentWrongTerm(from, index, term, right, message);
    }
  }

  private void sentWrongTerm(
      ReplicaView from, long index, long term, long right, InFlightMessage message) {
    suspicions.certain(
        KnownMistake.SNAPSHOT_WITHOUT_TERM,
        message.atMicros(),
        Evidence.of(message.sent()),
        "leader %s sent term %d for entry %d, which is of term %d",
        from.id(),
        term,
        index,
        right);
  }

  private void installed(ReplicaView replica, SnapshotInstalled snapshot, Event.Reported event) {
    long done = Math.max(replica.commitIndex(), replica.appliedIndex());
    long last = replica.log().lastIndex();
    boolean isOld = snapshot.index() < done;
    boolean dropsRest =
        snapshot.index() < last
            && snapshot.index() > replica.log().base()
            && replica.log().termAt(snapshot.index()) == snapshot.term()
            && snapshot.lastIndex() < last;
    if (isOld || dropsRest) {
      suspicions.certain(
          KnownMistake.INSTALLS_OLD_SNAPSHOT,
          event.atMicros(),
          Evidence.of(event),
          "replica %s installed a snapshot up to entry %d, though it had %s",
          replica.id(),
          snapshot.index(),
          isOld
              ? "applied entries up to " + done
              : "a log up to entry " + last + ", whose end it deleted");
    }
  }
}
