package raftlab.explain.detect;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import raftlab.dialect.RaftMessageView.VoteReply;
import raftlab.explain.view.ClusterView;
import raftlab.explain.view.InFlightMessage;
import raftlab.explain.view.ReplicaView;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.KnownMistake;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.trace.Event;
import raftlab.wire.Id;

/**
 * What a leader with too few votes counted instead (§5.2): a vote that arrived twice, or a
 * pre-vote. It was counted if the leader was elected when it arrived. Named only if it explains
 * every such election of the run; otherwise {@link ElectionQuorumDetector} names the mistake.
 */
final class VoteCountDetector implements Detector {
  /** The replies to one candidate since it began to stand. */
  private static final class Ballot {
    final Set<Id> voters = new HashSet<>();
    final Set<Id> preVoters = new HashSet<>();
    int replies;
    boolean endsWithRepetition;
    boolean endsWithPreVote;
    @Nullable InFlightMessage last;
  }

  private record Election(Event.Reported event, ReplicaView leader, Event.Sent counted) {}

  private final ClusterView cluster;
  private final Suspicions suspicions;
  private final Map<Id, Ballot> ballots = new HashMap<>();
  private @Nullable Election byRepetition;
  private @Nullable Election byPreVote;
  private boolean isRepetitionEnough = true;
  private boolean isPreVoteEnough = true;

  VoteCountDetector(ClusterView cluster, Suspicions suspicions) {
    this.cluster = cluster;
    this.suspicions = suspicions;
  }

  @Override
  public void delivered(ReplicaView to, InFlightMessage message, Event.Delivered event) {
    Ballot ballot = ballots.get(to.id());
    if (ballot == null) {
      return;
    }
    ballot.endsWithRepetition = false;
    ballot.endsWithPreVote = false;
    if (message.content() instanceof VoteReply reply && reply.granted()) {
      ballot.last = message;
      if (reply.preVote()) {
        ballot.preVoters.add(message.from());
        ballot.endsWithPreVote = true;
      } else if (reply.term() == to.term()) {
        ballot.replies++;
        ballot.endsWithRepetition = !ballot.voters.add(message.from());
      }
    }
  }

  @Override
  public void reported(ReplicaView replica, StateChange change, Event.Reported event) {
    if (!(change instanceof RoleChanged now)) {
      return;
    }
    if (now.role() == Role.CANDIDATE) {
      ballots.put(replica.id(), new Ballot());
    } else {
      Ballot ballot = ballots.remove(replica.id());
      if (now.role() == Role.LEADER && ballot != null && cluster.isConfigurationKnown(replica)) {
        elected(replica, ballot, event);
      }
    }
  }

  private void elected(ReplicaView leader, Ballot ballot, Event.Reported event) {
    int others = cluster.majority(leader) - (cluster.isVoter(leader) ? 1 : 0);
    if (ballot.voters.size() >= others) {
      suspicions.kept(KnownMistake.COUNTS_VOTES_TWICE, KnownMistake.COUNTS_PRE_VOTES);
      return;
    }
    Set<Id> both = new HashSet<>(ballot.voters);
    both.addAll(ballot.preVoters);
    isRepetitionEnough &= ballot.replies >= others;
    isPreVoteEnough &= both.size() >= others;
    if (ballot.last != null && ballot.endsWithRepetition && byRepetition == null) {
      byRepetition = new Election(event, leader, ballot.last.sent());
    } else if (ballot.last != null && ballot.endsWithPreVote && byPreVote == null) {
      byPreVote = new Election(event, leader, ballot.last.sent());
    }
  }

  @Override
  public void ended() {
    if (byRepetition != null && isRepetitionEnough) {
      suspect(KnownMistake.COUNTS_VOTES_TWICE, byRepetition, "a repeated vote");
    } else if (byPreVote != null && isPreVoteEnough) {
      suspect(KnownMistake.COUNTS_PRE_VOTES, byPreVote, "a pre-vote");
    }
  }

  private void suspect(KnownMistake mistake, Election election, String counted) {
    // A silent leader may have been elected by half just when a pre-vote arrived, but a repeated
    // vote
    // comes after one that would have been enough.
    suspicions.suspect(
        election.leader.reports() || mistake == KnownMistake.COUNTS_VOTES_TWICE,
        mistake,
        election.event.atMicros(),
        Evidence.of(election.counted, election.event),
        "replica %s became leader of term %d when %s of %s arrived, without the votes of a majority",
        election.leader.id(),
        ((RoleChanged) election.event.change()).term(),
        counted,
        election.counted.from());
  }
}
