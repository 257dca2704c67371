package raftlab.explain.detect;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import raftlab.explain.view.ClusterView;
import raftlab.explain.view.InFlightMessage;
import raftlab.explain.view.ReplicaView;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.KnownMistake;
import raftlab.trace.Event;
import raftlab.wire.Id;

/**
 * A leader that no majority answers, while a majority follows it, so that no other is elected
 * (CheckQuorum, dissertation §6.2). The paper doesn't demand that it steps down.
 */
final class QuorumLossDetector implements Detector {
  private static final long MAX_SILENCE_MICROS = 3_000_000;
  private static final long RECENTLY_MICROS = 1_000_000;

  private final ClusterView cluster;
  private final Suspicions suspicions;

  /** When each replica last received a message of the leader that it follows. */
  private final Map<Id, Long> heardAt = new HashMap<>();

  QuorumLossDetector(ClusterView cluster, Suspicions suspicions) {
    this.cluster = cluster;
    this.suspicions = suspicions;
  }

  @Override
  public void delivered(ReplicaView to, InFlightMessage message, Event.Delivered event) {
    ReplicaView leader = cluster.replica(message.from());
    if (leader == null
        || !leader.reports()
        || !leader.leads()
        || leader.isPaused()
        || !message.content().isFromLeader()
        || !to.leader().equals(leader.id())) {
      return;
    }
    long now = event.atMicros();
    heardAt.put(to.id(), now);
    long silence = now - Math.max(answeredByMajorityAt(leader), leader.disturbedAt());
    if (silence > MAX_SILENCE_MICROS && followers(leader, now) >= cluster.majority(leader)) {
      suspicions.likely(
          KnownMistake.LEADER_WITHOUT_QUORUM_STAYS,
          now,
          Evidence.of(leader.leaderReport(), message.sent()),
          "leader %s had no replies from a majority for %s, and still led: the replicas that it"
              + " reaches elect no other",
          leader.id(),
          ClusterView.duration(silence));
    }
  }

  private long answeredByMajorityAt(ReplicaView leader) {
    List<Id> others = cluster.otherVoters(leader);
    int needed = cluster.majority(leader) - (cluster.isVoter(leader) ? 1 : 0);
    if (needed == 0) {
      return Long.MAX_VALUE;
    }
    long[] replied = others.stream().mapToLong(leader::repliedAt).sorted().toArray();
    return needed > replied.length
        ? leader.leaderSince()
        : Math.max(leader.leaderSince(), replied[replied.length - needed]);
  }

  /** How many voters follow the leader, itself included. */
  private int followers(ReplicaView leader, long now) {
    int count = cluster.isVoter(leader) ? 1 : 0;
    for (Id other : cluster.otherVoters(leader)) {
      ReplicaView follower = cluster.replica(other);
      boolean follows =
          follower != null
              && follower.isUp()
              && follower.leader().equals(leader.id())
              && now - heardAt.getOrDefault(other, ReplicaView.NEVER) < RECENTLY_MICROS;
      count += follows ? 1 : 0;
    }
    return count;
  }
}
