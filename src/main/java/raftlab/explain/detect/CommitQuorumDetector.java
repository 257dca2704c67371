package raftlab.explain.detect;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import raftlab.dialect.RaftMessageView;
import raftlab.dialect.RaftMessageView.Append;
import raftlab.dialect.RaftMessageView.AppendReply;
import raftlab.explain.view.ClusterView;
import raftlab.explain.view.InFlightMessage;
import raftlab.explain.view.ReplicaView;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.KnownMistake;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Committed;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** A leader commits an entry only when a majority of the members has acknowledged it (§5.3). */
final class CommitQuorumDetector implements Detector {
  /** A replica that counts wrongly does so more often. */
  private static final int RARELY = 10;

  private record Link(Id leader, long term, Id follower) {}

  private record EarlyCommit(Event.Reported event, long index, int have, ReplicaView leader) {}

  private final ClusterView cluster;
  private final EarlyAckByMessagesDetector earlyAcks;
  private final Suspicions suspicions;

  /** The last entry that leaders have sent, in their terms. */
  private final Map<Link, Long> sent = new HashMap<>();

  private boolean readsReplies;
  private @Nullable EarlyCommit first;
  private int times;

  /** Whether fewer replicas had an entry than one less than a majority. */
  private boolean isFarOff;

  /** Whether an entry was committed that hadn't been sent to enough followers. */
  private boolean wasUnsent;

  CommitQuorumDetector(
      ClusterView cluster, EarlyAckByMessagesDetector earlyAcks, Suspicions suspicions) {
    this.cluster = cluster;
    this.earlyAcks = earlyAcks;
    this.suspicions = suspicions;
  }

  @Override
  public void delivered(ReplicaView to, InFlightMessage message, Event.Delivered event) {
    readsReplies |=
        message.content() instanceof AppendReply reply
            && reply.success()
            && reply.matchIndex() != RaftMessageView.UNKNOWN;
  }

  @Override
  public void sent(ReplicaView from, InFlightMessage message) {
    if (message.content() instanceof Append append
        && append.prevIndex() != RaftMessageView.UNKNOWN) {
      sent.merge(new Link(from.id(), append.term(), message.to()), append.end(), Math::max);
    }
  }

  @Override
  public void reported(ReplicaView replica, StateChange change, Event.Reported event) {
    if (change instanceof Committed committed
        && committed.index() > replica.commitIndex()
        && replica.leads()
        && cluster.isConfigurationKnown(replica)
        && (replica.reports() || readsReplies)) {
      count(replica, committed.index(), event);
    }
  }

  private void count(ReplicaView leader, long index, Event.Reported event) {
    List<Id> voters = cluster.voters(leader);
    int majority = cluster.majority(leader);
    int have = cluster.isVoter(leader) ? 1 : 0;
    int haveWithOthers = 1;
    for (ReplicaView other : cluster.replicas()) {
      if (other != leader && leader.matchIndex(other.id(), leader.term()) >= index) {
        haveWithOthers++;
        have += voters.contains(other.id()) ? 1 : 0;
      }
    }
    if (have >= majority) {
      suspicions.kept(
          KnownMistake.COMMITS_WITH_HALF,
          KnownMistake.MATCH_FROM_NEXT,
          KnownMistake.COMMITS_TOO_FAR,
          KnownMistake.REMOVED_STILL_COUNTS);
    } else if (haveWithOthers >= majority) {
      suspicions.certain(
          KnownMistake.REMOVED_STILL_COUNTS,
          event.atMicros(),
          Evidence.of(event),
          "leader %s committed entry %d when %d of the %d members had it; it counted a replica that"
              + " is no member",
          leader.id(),
          index,
          have,
          voters.size());
    } else {
      tooFew(leader, index, have, event);
    }
  }

  private void tooFew(ReplicaView leader, long index, int have, Event.Reported event) {
    int given = cluster.isVoter(leader) ? 1 : 0;
    for (Id other : cluster.otherVoters(leader)) {
      given += sent.getOrDefault(new Link(leader.id(), leader.term(), other), 0L) >= index ? 1 : 0;
    }
    int majority = cluster.majority(leader);
    first = first == null ? new EarlyCommit(event, index, have, leader) : first;
    isFarOff |= have < majority - 1;
    wasUnsent |= given < majority;
    times++;
  }

  @Override
  public void ended() {
    if (first == null) {
      return;
    }
    int members = cluster.voters(first.leader).size();
    boolean countsWhatWasSent =
        !wasUnsent
            && (isFarOff || members <= 3 && times > 2)
            && !earlyAcks.acknowledgesAtOnce(); // nothing was sent yet
    boolean wasRare = !first.leader.reports() && isFarOff && wasUnsent && times <= RARELY;
    suspicions.certain(
        wasRare
            ? KnownMistake.COMMITS_TOO_FAR
            : countsWhatWasSent ? KnownMistake.MATCH_FROM_NEXT : KnownMistake.COMMITS_WITH_HALF,
        first.event.atMicros(),
        Evidence.of(first.event),
        "leader %s committed entry %d when %d of %d members, itself included, had acknowledged it",
        first.leader.id(),
        first.index,
        first.have,
        members);
    suspicions.seen(KnownMistake.COMMITS_TOO_FAR, times);
    suspicions.seen(KnownMistake.MATCH_FROM_NEXT, times);
    suspicions.seen(KnownMistake.COMMITS_WITH_HALF, times);
  }
}
