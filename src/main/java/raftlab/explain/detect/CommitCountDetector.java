package raftlab.explain.detect;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import raftlab.dialect.RaftMessageView.AppendReply;
import raftlab.explain.view.ClusterView;
import raftlab.explain.view.InFlightMessage;
import raftlab.explain.view.ReplicaView;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.KnownMistake;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Committed;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.trace.Event;
import raftlab.wire.Id;

/**
 * What a leader counted that committed an entry without a majority (§5.3): replies to messages of
 * an earlier term, a learner, or itself though it was removed (§6). Named only if it explains every
 * such commit of the run; otherwise {@link CommitQuorumDetector} names the mistake.
 */
final class CommitCountDetector implements Detector {
  private record Commit(ReplicaView leader, Event.Reported event, @Nullable Event counted) {}

  private record OldReply(long matchIndex, Event.Sent sent) {}

  private final ClusterView cluster;
  private final Suspicions suspicions;

  /** By leader and follower: the replies of earlier terms that arrived in its present term. */
  private final Map<Id, Map<Id, OldReply>> oldReplies = new HashMap<>();

  private @Nullable Commit byOldReplies;
  private @Nullable Commit byItself;
  private @Nullable Commit byLearner;
  private boolean isOldEnough = true;
  private boolean isLearnerEnough = true;
  private boolean isItselfEnough = true;

  CommitCountDetector(ClusterView cluster, Suspicions suspicions) {
    this.cluster = cluster;
    this.suspicions = suspicions;
  }

  @Override
  public void delivered(ReplicaView to, InFlightMessage message, Event.Delivered event) {
    if (to.leads()
        && message.content() instanceof AppendReply reply
        && reply.success()
        && reply.term() < to.term()) {
      oldReplies
          .computeIfAbsent(to.id(), id -> new HashMap<>())
          .merge(
              message.from(),
              new OldReply(reply.matchIndex(), message.sent()),
              (a, b) -> a.matchIndex >= b.matchIndex ? a : b);
    }
  }

  @Override
  public void reported(ReplicaView replica, StateChange change, Event.Reported event) {
    if (change instanceof RoleChanged now && now.role() == Role.LEADER) {
      oldReplies.remove(replica.id());
    } else if (change instanceof Committed committed
        && committed.index() > replica.commitIndex()
        && replica.leads()
        && replica.reports()
        && cluster.isConfigurationKnown(replica)) {
      committed(replica, committed.index(), event);
    }
  }

  private void committed(ReplicaView leader, long index, Event.Reported event) {
    boolean isVoter = cluster.isVoter(leader);
    int have = isVoter ? 1 : 0;
    int withOld = have;
    Event counted = null;
    Map<Id, OldReply> old = oldReplies.getOrDefault(leader.id(), Map.of());
    for (Id other : cluster.otherVoters(leader)) {
      OldReply reply = old.get(other);
      boolean has = leader.matchIndex(other, leader.term()) >= index;
      boolean had = reply != null && reply.matchIndex >= index;
      have += has ? 1 : 0;
      withOld += has || had ? 1 : 0;
      counted = !has && had && reply != null ? reply.sent : counted;
    }
    int majority = cluster.majority(leader);
    if (have >= majority) {
      return;
    }
    int withLearners = have;
    for (Id learner : cluster.learners(leader)) {
      withLearners += leader.matchIndex(learner, leader.term()) >= index ? 1 : 0;
    }
    isLearnerEnough &= withLearners >= majority;
    if (byLearner == null && withLearners >= majority) {
      byLearner = new Commit(leader, event, null);
    }
    isOldEnough &= withOld >= majority;
    isItselfEnough &= !isVoter && have + 1 >= majority;
    if (byOldReplies == null && withOld >= majority) {
      byOldReplies = new Commit(leader, event, counted);
    }
    if (byItself == null && !isVoter && have + 1 >= majority) {
      byItself = new Commit(leader, event, null);
    }
  }

  @Override
  public void ended() {
    if (byOldReplies != null && isOldEnough) {
      suspect(
          KnownMistake.COUNTS_REPLIES_OF_OLD_TERM,
          byOldReplies,
          "leader %s committed entry %d with the replies to messages that it had sent in an earlier"
              + " term");
    } else if (byItself != null && isItselfEnough) {
      suspect(
          KnownMistake.REMOVED_LEADER_COUNTS_ITSELF,
          byItself,
          "leader %s committed entry %d without a majority of the members, of which it is none: it"
              + " counted itself");
    } else if (byLearner != null && isLearnerEnough) {
      suspect(
          KnownMistake.LEARNER_COUNTS,
          byLearner,
          "leader %s committed entry %d without a majority of the voters: it counted a member that"
              + " catches up and is no voter yet");
    }
  }

  private void suspect(KnownMistake mistake, Commit commit, String format) {
    suspicions.certain(
        mistake,
        commit.event.atMicros(),
        Evidence.of(commit.counted, commit.event),
        format,
        commit.leader.id(),
        ((Committed) commit.event.change()).index());
  }
}
