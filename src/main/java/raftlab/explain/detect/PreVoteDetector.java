package raftlab.explain.detect;

import java.util.HashMap;
import java.util.Map;
import raftlab.dialect.RaftMessageView.VoteReply;
import raftlab.explain.view.ClusterView;
import raftlab.explain.view.InFlightMessage;
import raftlab.explain.view.ReplicaView;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.KnownMistake;
import raftlab.node.StateChange.Role;
import raftlab.trace.Event;
import raftlab.wire.Id;

/**
 * A follower that grants pre-votes although its leader has just sent it a message (dissertation
 * §4.2.3, §9.6): a replica that does not reach the leader then deposes it again and again.
 */
final class PreVoteDetector implements Detector {
  /** No election timeout is shorter. */
  private static final long SHORTEST_TIMEOUT_MICROS = 150_000;

  private final ClusterView cluster;
  private final Suspicions suspicions;
  private final Map<Id, InFlightMessage> heard = new HashMap<>();
  private final Map<Id, Long> heardAt = new HashMap<>();

  PreVoteDetector(ClusterView cluster, Suspicions suspicions) {
    this.cluster = cluster;
    this.suspicions = suspicions;
  }

  @Override
  public void delivered(ReplicaView to, InFlightMessage message, Event.Delivered event) {
    if (message.content().isFromLeader()
        && to.leader().equals(message.from())
        && message.content().term() == to.term()) {
      heard.put(to.id(), message);
      heardAt.put(to.id(), event.atMicros());
    }
  }

  @Override
  public void sent(ReplicaView from, InFlightMessage message) {
    InFlightMessage last = heard.get(from.id());
    if (last == null
        || !from.reports()
        || from.role() != Role.FOLLOWER
        || !from.leader().equals(last.from())
        || !(message.content() instanceof VoteReply reply)
        || !reply.preVote()
        || !reply.granted()) {
      return;
    }
    long ago = message.atMicros() - heardAt.getOrDefault(from.id(), ReplicaView.NEVER);
    if (ago < SHORTEST_TIMEOUT_MICROS) {
      suspicions.likely(
          KnownMistake.PRE_VOTE_DESPITE_LEADER,
          message.atMicros(),
          Evidence.of(last.sent(), message.sent()),
          "replica %s granted its pre-vote to %s %s after it had received a message of its leader %s",
          from.id(),
          message.to(),
          ClusterView.duration(ago),
          last.from());
    }
  }
}
