package raftlab.explain.detect;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import raftlab.dialect.RaftMessageView;
import raftlab.dialect.RaftMessageView.Append;
import raftlab.dialect.RaftMessageView.AppendReply;
import raftlab.dialect.RaftMessageView.Install;
import raftlab.dialect.RaftMessageView.VoteRequest;
import raftlab.explain.view.InFlightMessage;
import raftlab.explain.view.LeaderAppends;
import raftlab.explain.view.ReplicaView;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.KnownMistake;
import raftlab.trace.Event;
import raftlab.wire.Id;

/**
 * A follower that reports nothing can accept AppendEntries only if it ever received the entry at
 * prevLogIndex: in another message, in a snapshot, or as a leader itself (§5.3). {@link
 * AppendReplyDetector} applies the rule to followers that report their log.
 */
final class UnknownPrevEntryDetector implements Detector {
  private static final long MAX_TERM = 1 << 20;
  private static final long MAX_INDEX = 1L << 40;
  private static final int MAX_UNACCEPTABLE = 32;

  private record Unacceptable(Append append, Event.Sent sent) {}

  /** What one replica can have in its log. */
  private static final class Received {
    private final Set<Long> entries = new HashSet<>();
    private final Set<Long> ledTerms = new HashSet<>();
    private final Deque<Unacceptable> unacceptable = new ArrayDeque<>();
    private long snapshotIndex;
    private boolean isUnclear;

    private static long key(long index, long term) {
      return index * MAX_TERM + term;
    }

    private boolean hasPrevious(Append append) {
      long index = append.prevIndex();
      long term = append.prevTerm();
      return index <= snapshotIndex
          || term <= 0 // unknown, or of before the first term
          || term >= MAX_TERM
          || ledTerms.contains(term)
          || entries.contains(key(index, term));
    }

    private void add(Append append, Event.Sent sent) {
      boolean isReadable =
          append.prevIndex() >= 0
              && append.end() <= MAX_INDEX
              && append.terms().stream().allMatch(term -> term >= 0 && term < MAX_TERM);
      if (!isReadable) {
        isUnclear = true;
        return;
      }
      for (int i = 0; i < append.terms().size(); i++) {
        entries.add(key(append.prevIndex() + 1 + i, append.terms().get(i)));
      }
      if (!hasPrevious(append)) {
        unacceptable.addLast(new Unacceptable(append, sent));
        if (unacceptable.size() > MAX_UNACCEPTABLE) {
          unacceptable.removeFirst();
        }
      }
    }
  }

  private final Suspicions suspicions;
  private final Map<Id, Received> received = new HashMap<>();

  UnknownPrevEntryDetector(Suspicions suspicions) {
    this.suspicions = suspicions;
  }

  private Received of(Id replica) {
    return received.computeIfAbsent(replica, id -> new Received());
  }

  @Override
  public void delivered(ReplicaView to, InFlightMessage message, Event.Delivered event) {
    Received its = of(to.id());
    if (to.reports() || its.isUnclear) {
      return;
    }
    if (message.content() instanceof Install install) {
      its.snapshotIndex = Math.max(its.snapshotIndex, install.index());
    } else if (message.content() instanceof Append append) {
      its.add(append, message.sent());
    }
  }

  @Override
  public void corrupted(InFlightMessage message) {
    of(message.to()).isUnclear = true;
  }

  @Override
  public void sent(ReplicaView from, InFlightMessage message) {
    Received its = of(from.id());
    RaftMessageView content = message.content();
    if (content instanceof VoteRequest || content.isFromLeader()) {
      its.ledTerms.add(content.term());
    } else if (content instanceof AppendReply reply
        && reply.success()
        && reply.matchIndex() != RaftMessageView.UNKNOWN
        && !from.reports()
        && !its.isUnclear) {
      accepted(from, its, reply, message.sent());
    }
  }

  private void accepted(ReplicaView replica, Received its, AppendReply reply, Event.Sent sent) {
    Unacceptable wrong = null;
    for (Unacceptable each : its.unacceptable) {
      if (isMeant(each.append, reply) && !its.hasPrevious(each.append)) {
        wrong = each;
      }
    }
    LeaderAppends appends = replica.appends(reply.term());
    if (wrong == null || appends == null) {
      suspicions.kept(KnownMistake.SKIPS_CONSISTENCY_CHECK, KnownMistake.HEARTBEAT_WITHOUT_CHECK);
      return;
    }
    for (LeaderAppends.DeliveredAppend each : appends.recent()) {
      if (isMeant(each.append(), reply) && its.hasPrevious(each.append())) {
        return;
      }
    }
    suspicions.certain(
        wrong.append.isHeartbeat()
            ? KnownMistake.HEARTBEAT_WITHOUT_CHECK
            : KnownMistake.SKIPS_CONSISTENCY_CHECK,
        sent.atMicros(),
        Evidence.of(wrong.sent, sent),
        "replica %s accepted a message with prevLogIndex %d and prevLogTerm %d, but no replica had"
            + " ever sent it that entry",
        replica.id(),
        wrong.append.prevIndex(),
        wrong.append.prevTerm());
  }

  private static boolean isMeant(Append append, AppendReply reply) {
    return append.term() == reply.term()
        && append.end() == reply.matchIndex()
        && (reply.round() == RaftMessageView.UNKNOWN || reply.round() == append.round());
  }
}
