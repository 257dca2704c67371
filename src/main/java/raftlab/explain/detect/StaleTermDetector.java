package raftlab.explain.detect;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import raftlab.dialect.RaftMessageView;
import raftlab.dialect.RaftMessageView.AppendReply;
import raftlab.dialect.RaftMessageView.VoteRequest;
import raftlab.explain.view.ClusterView;
import raftlab.explain.view.InFlightMessage;
import raftlab.explain.view.PendingRequest;
import raftlab.explain.view.ReceiveBacklog;
import raftlab.explain.view.ReplicaView;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.KnownMistake;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** A replica that receives a later term adopts it, and is neither leader nor candidate (§5.1). */
final class StaleTermDetector implements Detector {
  /** No election timeout is shorter: a replica that stands sooner was asked to by its leader. */
  private static final long MIN_TIMEOUT_MICROS = 100_000;

  private record LaterTerm(long term, InFlightMessage message, long atMicros) {}

  private final ClusterView cluster;
  private final Suspicions suspicions;
  private final ReceiveBacklog backlog = new ReceiveBacklog();
  private final Map<Id, LaterTerm> received = new HashMap<>();
  private final Map<Id, Integer> ignored = new HashMap<>();

  /** When replicas have last received from a leader, or TimeoutNow. */
  private final Map<Id, Long> fromLeaderAt = new HashMap<>();

  /** The candidates that may ignore vote requests, because they have a leader (§4.2.3). */
  private final Set<Id> asked = new HashSet<>();

  StaleTermDetector(ClusterView cluster, Suspicions suspicions) {
    this.cluster = cluster;
    this.suspicions = suspicions;
  }

  @Override
  public void started(ReplicaView replica, boolean isRestart, Event.Started event) {
    received.remove(replica.id());
    backlog.started(replica.id());
  }

  @Override
  public void answers(ReplicaView from, PendingRequest request, Event.Sent answer) {
    backlog.answered(from.id(), request.arrivedMicros());
  }

  /**
   * Dissertation §4.2.3: a server that received from a leader within the minimum election timeout
   * "does not update its term". That is so for a candidate only if the leader asked it to stand.
   */
  @Override
  public void reported(ReplicaView replica, StateChange change, Event.Reported event) {
    if (change instanceof RoleChanged now && now.role() == Role.CANDIDATE) {
      long heardAt = fromLeaderAt.getOrDefault(replica.id(), ReplicaView.NEVER);
      if (event.atMicros() - heardAt < MIN_TIMEOUT_MICROS) {
        asked.add(replica.id());
      } else {
        asked.remove(replica.id());
      }
    }
  }

  @Override
  public void delivered(ReplicaView to, InFlightMessage message, Event.Delivered event) {
    backlog.delivered(to.id(), event.atMicros());
    if (message.content().isFromLeader() || message.from().equals(to.leader())) {
      fromLeaderAt.put(to.id(), event.atMicros());
    }
    boolean mustAdopt =
        isBinding(message)
            || to.isCandidate() && !asked.contains(to.id()) && isTermOfSender(message);
    if (!to.isUp() || !message.hasTerm() || !mustAdopt) {
      return;
    }
    LaterTerm before = received.get(to.id());
    long term = message.content().term();
    if (before == null || term > before.term) {
      received.put(to.id(), new LaterTerm(term, message, event.atMicros()));
    }
  }

  /** A vote request may be ignored by a replica with a leader; these messages may not. */
  private static boolean isBinding(InFlightMessage message) {
    RaftMessageView content = message.content();
    return content.isFromLeader()
        || content instanceof AppendReply
        || content instanceof RaftMessageView.VoteReply vote && !vote.preVote();
  }

  /** Whether the sender is in the term of the message; with PreVote it may only want to be. */
  private boolean isTermOfSender(InFlightMessage message) {
    ReplicaView sender = cluster.replica(message.from());
    return message.content() instanceof VoteRequest request && !request.preVote()
        || sender != null && sender.term() >= message.content().term();
  }

  @Override
  public void sent(ReplicaView from, InFlightMessage message) {
    RaftMessageView content = message.content();
    LaterTerm later = received.get(from.id());
    boolean hasTerm =
        content.isFromLeader() || content instanceof AppendReply || content instanceof VoteRequest;
    if (!hasTerm
        || later == null
        || content.term() == RaftMessageView.UNKNOWN
        || content.term() >= later.term) {
      return;
    }
    if (backlog.hasRead(from, later.atMicros, message.atMicros())
        && ignored.merge(from.id(), 1, Integer::sum) == 2) {
      ignores(from, later, message);
    }
  }

  private void ignores(ReplicaView replica, LaterTerm later, InFlightMessage message) {
    boolean leads = message.content().isFromLeader();
    boolean stands = message.content() instanceof VoteRequest || replica.isCandidate();
    suspicions.suspect(
        cluster.handlesAtOnce(),
        leads
            ? KnownMistake.LEADER_STAYS
            : stands ? KnownMistake.CANDIDATE_STAYS : KnownMistake.IGNORES_LATER_TERM,
        later.atMicros,
        Evidence.of(later.message.sent(), message.sent()),
        "replica %s received term %d from %s, and %s in term %d",
        replica.id(),
        later.term,
        later.message.from(),
        leads ? "was still leader" : stands ? "was still a candidate" : "still sent messages",
        message.content().term());
  }
}
