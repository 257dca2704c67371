package raftlab.explain.detect;

import java.util.HashSet;
import java.util.Set;
import raftlab.explain.view.PendingRequest;
import raftlab.explain.view.ReplicaView;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.KnownMistake;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Committed;
import raftlab.trace.Event;
import raftlab.wire.Message;

/**
 * A write is answered with ok only when its entry is committed (§5.3, §8). A client may have sent a
 * write again: then an earlier entry counts, also one that the log of this replica doesn't show any
 * more, because a snapshot has replaced it.
 */
final class EarlyAckDetector implements Detector {
  /** Shorter values may be part of a command by chance. */
  private static final int MIN_LENGTH = 3;

  /** A write is looked for among the last entries only. */
  private static final int MAX_ENTRIES = 2_000;

  /** More are never committed at once; reports may say any nonsense. */
  private static final int MAX_COMMITTED = 10_000;

  private final Suspicions suspicions;

  /** Whether an acknowledged write was ever found in the log: commands contain values. */
  private boolean commandsHaveValues;

  /** The commands that any replica has committed. */
  private final Set<String> committed = new HashSet<>();

  EarlyAckDetector(Suspicions suspicions) {
    this.suspicions = suspicions;
  }

  @Override
  public void reported(ReplicaView replica, StateChange change, Event.Reported event) {
    if (change instanceof Committed now && replica.reports()) {
      long last = Math.min(now.index(), replica.log().lastIndex());
      long before = Math.max(0, Math.max(replica.commitIndex(), replica.log().base()));
      long count = Math.min(last - before, MAX_COMMITTED);
      for (long i = 0; i < count; i++) {
        committed.add(replica.log().commandAt(last - i));
      }
    }
  }

  @Override
  public void answers(ReplicaView from, PendingRequest request, Event.Sent answer) {
    String value = request.request().value();
    if (request.isRead()
        || !answer.message().type().equals(Message.OK)
        || !from.reports()
        || value == null
        || value.length() < MIN_LENGTH
        || value.indexOf('\n') >= 0
        || value.indexOf('\r') >= 0) {
      return;
    }
    long index = entryOf(from, value);
    if (index > 0 && index <= from.commitIndex()) {
      commandsHaveValues = true;
    } else if (!isKnown(from) && isCommitted(value)) {
      return; // an entry that this log doesn't show
    } else if (index > 0) {
      uncommitted(from, index, request, answer);
    } else if (commandsHaveValues && isKnown(from)) {
      suspicions.certain(
          KnownMistake.ACKS_BEFORE_COMMIT,
          answer.atMicros(),
          Evidence.of(request.request(), answer),
          "replica %s answered a %s with ok, but its log had no entry for it",
          from.id(),
          request.request().type());
    }
  }

  private void uncommitted(
      ReplicaView from, long index, PendingRequest request, Event.Sent answer) {
    suspicions.certain(
        from.isLeader() ? KnownMistake.ACKS_BEFORE_COMMIT : KnownMistake.OK_AT_LOSING_LEADERSHIP,
        answer.atMicros(),
        Evidence.of(request.request(), from.log().reportAt(index), answer),
        "replica %s answered a %s with ok, but its entry %d was not committed (commitIndex was"
            + " %d)%s",
        from.id(),
        request.request().type(),
        index,
        from.commitIndex(),
        from.isLeader() ? "" : ", and the replica was no longer leader");
  }

  /** Whether all entries of its log are known and looked at. */
  private static boolean isKnown(ReplicaView replica) {
    return replica.log().base() == 0 && replica.log().lastIndex() <= MAX_ENTRIES;
  }

  /** Whether any replica has committed it. */
  private boolean isCommitted(String value) {
    return committed.stream().anyMatch(command -> command.contains(value));
  }

  /** The first of the last entries that writes this value, a committed one if any; 0 if none. */
  private static long entryOf(ReplicaView replica, String value) {
    long found = 0;
    long from = Math.max(replica.log().base(), replica.log().lastIndex() - MAX_ENTRIES);
    for (long index = replica.log().lastIndex(); index > from; index--) {
      if (replica.log().commandAt(index).contains(value)) {
        found = index;
        if (index <= replica.commitIndex()) {
          return index;
        }
      }
    }
    return found;
  }
}
