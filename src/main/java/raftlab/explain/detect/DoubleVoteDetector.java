package raftlab.explain.detect;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import raftlab.explain.view.ReplicaView;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.KnownMistake;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.node.StateChange.Voted;
import raftlab.trace.Event;
import raftlab.wire.Id;

/**
 * What a replica that votes twice in a term did between its votes (§5.2). If it followed a leader
 * each time, it forgets its vote then.
 */
final class DoubleVoteDetector implements Detector {
  private record Vote(long term, Id candidate, Event.Reported event) {}

  private record Follows(long term, Event.Reported event) {}

  private final Suspicions suspicions;
  private final Map<Id, Vote> votes = new HashMap<>();
  private final Map<Id, Follows> followed = new HashMap<>();
  private boolean isOtherwise;
  private Event.@Nullable Reported first;
  private @Nullable Vote before;
  private @Nullable Follows between;

  DoubleVoteDetector(Suspicions suspicions) {
    this.suspicions = suspicions;
  }

  @Override
  public void reported(ReplicaView replica, StateChange change, Event.Reported event) {
    if (!replica.reports()) {
      return;
    }
    if (change instanceof RoleChanged now
        && now.role() == Role.FOLLOWER
        && !now.leader().isBroadcast()) {
      followed.put(replica.id(), new Follows(now.term(), event));
    } else if (change instanceof Voted vote) {
      voted(replica.id(), vote, event);
    }
  }

  private void voted(Id voter, Voted vote, Event.Reported event) {
    Vote earlier = votes.put(voter, new Vote(vote.term(), vote.candidate(), event));
    if (earlier == null
        || earlier.term != vote.term()
        || earlier.candidate.equals(vote.candidate())) {
      return;
    }
    Follows follows = followed.get(voter);
    if (follows == null
        || follows.term != vote.term()
        || follows.event.atMicros() < earlier.event.atMicros()) {
      isOtherwise = true;
    } else if (first == null) {
      first = event;
      before = earlier;
      between = follows;
    }
  }

  @Override
  public void ended() {
    if (first != null && before != null && between != null && !isOtherwise) {
      suspicions.proven(
          KnownMistake.FORGETS_VOTE_WHEN_FOLLOWING,
          first.atMicros(),
          Evidence.of(before.event, between.event, first),
          "replica %s voted for %s in term %d, followed the leader of that term, and then voted for %s"
              + " in it",
          first.replica(),
          before.candidate,
          before.term,
          ((Voted) first.change()).candidate());
    }
  }
}
