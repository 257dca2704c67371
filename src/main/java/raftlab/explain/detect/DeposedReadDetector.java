package raftlab.explain.detect;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import raftlab.dialect.RaftMessageView.AppendReply;
import raftlab.dialect.RaftMessageView.VoteReply;
import raftlab.dialect.RaftMessageView.VoteRequest;
import raftlab.explain.view.ClusterView;
import raftlab.explain.view.InFlightMessage;
import raftlab.explain.view.PendingRequest;
import raftlab.explain.view.ReplicaView;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.KnownMistake;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Voted;
import raftlab.trace.Event;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * Why a leader still had a lease when it answered a get although another had been elected (§8):
 * because it kept the lease during a leadership transfer, or because a voter that had answered it
 * restarted and voted at once. If neither is the case, {@link ReadDetector} names the mistake. Of
 * replicas that report nothing this is likely at most, and only if one of them has a lease.
 */
final class DeposedReadDetector implements Detector {
  /** No shortest election timeout is longer than this. */
  private static final long MAX_PROMISE_MICROS = 1_500_000;

  /**
   * A voter that votes so soon after its reply kept no promise; no election timeout is as short.
   */
  private static final long HASTE_MICROS = 300_000;

  /** A leader that has a lease answers within this time. */
  private static final long PROMPT_MICROS = 20_000;

  private record Link(Id leader, Id follower) {}

  private record Vote(long term, Event event) {}

  /** A get that was answered after the leader had sent TimeoutNow. */
  private record ReadInTransfer(
      ReplicaView leader, InFlightMessage handedOver, Evidence evidence, long atMicros) {}

  /** A vote right after a restart, and before it a reply to the leader that then answered a get. */
  private record HastyVote(
      ReplicaView leader, Id voter, long votedAt, long promisedMicros, Evidence evidence) {}

  private final ClusterView cluster;
  private final ReadDetector reads;
  private final Suspicions suspicions;

  /** The last reply of each follower, in the leader's term. */
  private final Map<Link, Event.Sent> replies = new HashMap<>();

  private final Map<Id, Vote> votes = new HashMap<>();
  private final Map<Id, InFlightMessage> timeoutNow = new HashMap<>();
  private @Nullable ReadInTransfer inTransfer;
  private @Nullable HastyVote hasty;

  DeposedReadDetector(ClusterView cluster, ReadDetector reads, Suspicions suspicions) {
    this.cluster = cluster;
    this.reads = reads;
    this.suspicions = suspicions;
  }

  @Override
  public void sent(ReplicaView from, InFlightMessage message) {
    if (message.content() instanceof AppendReply reply && reply.success()) {
      replies.put(new Link(message.to(), from.id()), message.sent());
    } else if (!from.reports()
        && message.content() instanceof VoteReply vote
        && vote.granted()
        && !vote.preVote()) {
      votes.put(from.id(), new Vote(vote.term(), message.sent()));
    } else if (!from.reports()
        && message.content() instanceof VoteRequest request
        && !request.preVote()) {
      votes.put(from.id(), new Vote(request.term(), message.sent())); // its vote for itself
    } else if (VoteRefusalDetector.isTimeoutNow(message)) {
      timeoutNow.put(from.id(), message);
    }
  }

  @Override
  public void reported(ReplicaView replica, StateChange change, Event.Reported event) {
    if (change instanceof Voted vote) {
      votes.put(replica.id(), new Vote(vote.term(), event));
    }
  }

  @Override
  public void answers(ReplicaView from, PendingRequest request, Event.Sent answer) {
    if (!from.isLeader()
        || !request.isRead()
        || !answer.message().type().equals(Message.OK)
        || !request.hasArrived()
        || request.leaderTerm() <= from.term()) {
      return;
    }
    InFlightMessage handedOver = timeoutNow.get(from.id());
    if (handedOver != null
        && handedOver.atMicros() >= from.leaderSince()
        && answer.atMicros() - request.arrivedMicros() < PROMPT_MICROS) {
      if (inTransfer == null) {
        Evidence evidence =
            Evidence.of(handedOver.sent(), cluster.latestLeaderReport(), request.request(), answer);
        inTransfer = new ReadInTransfer(from, handedOver, evidence, answer.atMicros());
        reads.explained();
      }
      return;
    }
    for (Id voter : cluster.otherVoters(from)) {
      hastyVoter(from, voter, request, answer);
    }
  }

  /** Whether this voter answered the leader, restarted, and voted at once for the next leader. */
  private void hastyVoter(ReplicaView leader, Id id, PendingRequest request, Event.Sent answer) {
    ReplicaView voter = cluster.replica(id);
    Vote vote = votes.get(id);
    Event.@Nullable Sent reply = replies.get(new Link(leader.id(), id));
    if (voter == null
        || vote == null
        || reply == null
        || voter.lives() < 2
        || vote.term <= leader.term()
        || reply.atMicros() < leader.leaderSince()) {
      return;
    }
    long votedAt = vote.event.atMicros();
    boolean hasRestarted = reply.atMicros() < voter.upSince() && voter.upSince() < votedAt;
    boolean isHasty = votedAt - reply.atMicros() < HASTE_MICROS;
    if (hasty == null
        && hasRestarted
        && isHasty
        && answer.atMicros() - reply.atMicros() < MAX_PROMISE_MICROS) {
      Evidence evidence = Evidence.of(reply, vote.event, request.request(), answer);
      hasty = new HastyVote(leader, id, votedAt, votedAt - reply.atMicros(), evidence);
      reads.explained();
    }
  }

  /** A leader that never waited with a get may have no lease at all, and then kept none. */
  @Override
  public void ended() {
    if (inTransfer != null && (inTransfer.leader.reports() || reads.holdsReads())) {
      suspicions.suspect(
          inTransfer.leader.reports() && reads.holdsReads(),
          KnownMistake.LEASE_SURVIVES_TRANSFER,
          inTransfer.atMicros,
          inTransfer.evidence,
          "leader %s answered a get though it had asked %s to take over, and another replica led by"
              + " then",
          inTransfer.leader.id(),
          inTransfer.handedOver.to());
    }
    if (hasty != null && (hasty.leader.reports() || reads.holdsReads())) {
      suspicions.suspect(
          hasty.leader.reports(),
          KnownMistake.VOTES_AT_ONCE_AFTER_RESTART,
          hasty.votedAt,
          hasty.evidence,
          "replica %s voted for another leader %s after it had answered leader %s, with a restart in"
              + " between, and %s still answered gets by its lease",
          hasty.voter,
          ClusterView.duration(hasty.promisedMicros),
          hasty.leader.id(),
          hasty.leader.id());
    }
  }
}
