package raftlab.explain.detect;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import raftlab.dialect.RaftMessageView.AppendReply;
import raftlab.explain.view.ClusterView;
import raftlab.explain.view.InFlightMessage;
import raftlab.explain.view.ReplicaView;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.KnownMistake;
import raftlab.node.StateChange;
import raftlab.node.StateChange.MembersChanged;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** A new server that is a voter before it has acknowledged any entry (§6, dissertation §4.2.1). */
final class NewVoterDetector implements Detector {
  /** A server that catches up faster does no harm. */
  private static final long MAX_CATCH_UP_MICROS = 1_000_000;

  private record NewVoter(ReplicaView leader, long index, Event.Reported event) {}

  private final ClusterView cluster;
  private final Suspicions suspicions;
  private final Map<Id, NewVoter> newVoters = new TreeMap<>();

  NewVoterDetector(ClusterView cluster, Suspicions suspicions) {
    this.cluster = cluster;
    this.suspicions = suspicions;
  }

  @Override
  public void reported(ReplicaView replica, StateChange change, Event.Reported event) {
    if (change instanceof MembersChanged now
        && replica.reports()
        && replica.leads()
        && now.index() > 1
        && replica.agreedBy(cluster.otherVoters(replica), 1) > 0) {
      List<Id> before = cluster.voters(replica);
      List<Id> learners = cluster.learners(replica);
      for (Id voter : now.voters()) {
        if (!before.contains(voter)
            && !learners.contains(voter)
            && replica.matchIndex(voter, replica.term()) <= 0) {
          newVoters.putIfAbsent(voter, new NewVoter(replica, now.index(), event));
        }
      }
    }
  }

  @Override
  public void delivered(ReplicaView to, InFlightMessage message, Event.Delivered event) {
    if (message.content() instanceof AppendReply reply && reply.success()) {
      NewVoter known = newVoters.remove(message.from());
      if (known != null) {
        check(message.from(), known, event.atMicros());
      }
    }
  }

  @Override
  public void ended() {
    List<Event> events = cluster.trace().events();
    if (!events.isEmpty()) {
      long end = events.get(events.size() - 1).atMicros();
      newVoters.forEach((voter, known) -> check(voter, known, end));
    }
  }

  private void check(Id voter, NewVoter known, long until) {
    long since = known.event.atMicros();
    if (until - since > MAX_CATCH_UP_MICROS) {
      suspicions.likely(
          KnownMistake.ADDS_WITHOUT_CATCHING_UP,
          since,
          Evidence.of(known.event),
          "leader %s made %s a voter with entry %d, which had acknowledged no entry and acknowledged"
              + " none in the next %s",
          known.leader.id(),
          voter,
          known.index,
          ClusterView.duration(until - since));
    }
  }
}
