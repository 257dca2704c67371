package raftlab.explain.detect;

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

/** A leader has the votes of a majority of the members (§5.2). */
final class ElectionQuorumDetector implements Detector {
  private final ClusterView cluster;
  private final Suspicions suspicions;
  private boolean readsVotes;

  ElectionQuorumDetector(ClusterView cluster, Suspicions suspicions) {
    this.cluster = cluster;
    this.suspicions = suspicions;
  }

  @Override
  public void delivered(ReplicaView to, InFlightMessage message, Event.Delivered event) {
    readsVotes |= message.content().isVote();
  }

  @Override
  public void reported(ReplicaView replica, StateChange change, Event.Reported event) {
    if (change instanceof RoleChanged now
        && now.role() == Role.LEADER
        && cluster.isConfigurationKnown(replica)) {
      elected(replica, now.term(), event);
    }
  }

  private void elected(ReplicaView replica, long term, Event event) {
    int majority = cluster.majority(replica);
    int votes = cluster.isVoter(replica) ? 1 : 0;
    for (Id other : cluster.otherVoters(replica)) {
      votes += replica.votes(term).contains(other) ? 1 : 0;
    }
    if (votes >= majority) {
      suspicions.kept(KnownMistake.ELECTED_BY_HALF, KnownMistake.REMOVED_STILL_COUNTS);
    } else if (readsVotes || majority <= 1 || replica.reports()) {
      boolean countsOthers = 1 + replica.votes(term).size() >= majority;
      suspicions.certain(
          countsOthers ? KnownMistake.REMOVED_STILL_COUNTS : KnownMistake.ELECTED_BY_HALF,
          event.atMicros(),
          Evidence.of(event),
          "replica %s became leader of term %d with %d vote%s, its own included, of %d members; a"
              + " majority is %d",
          replica.id(),
          term,
          votes,
          votes == 1 ? "" : "s",
          cluster.voters(replica).size(),
          majority);
    }
  }
}
