package raftlab.explain.detect;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import raftlab.dialect.RaftMessageView;
import raftlab.dialect.RaftMessageView.VoteReply;
import raftlab.dialect.RaftMessageView.VoteRequest;
import raftlab.explain.view.ClusterView;
import raftlab.explain.view.InFlightMessage;
import raftlab.explain.view.ReplicaView;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.KnownMistake;
import raftlab.node.StateChange;
import raftlab.node.StateChange.TermChanged;
import raftlab.trace.Event;
import raftlab.wire.Id;

/**
 * A replica that ignores later terms in the replies to its pre-votes, but adopts those of other
 * messages (§5.1).
 */
final class PreVoteTermDetector implements Detector {
  private static final long MAX_DELAY_MICROS = 500_000;

  private record LaterTerm(long term, InFlightMessage message, long atMicros) {}

  private final ClusterView cluster;
  private final Suspicions suspicions;
  private final Map<Id, LaterTerm> inPreVotes = new HashMap<>();
  private final Map<Id, Long> inOthers = new HashMap<>();
  private final Set<Id> standing = new HashSet<>();
  private final Map<Id, Integer> ignored = new HashMap<>();
  private boolean adoptsOthers;
  private boolean ignoresOthers;
  private @Nullable LaterTerm first;
  private Event.@Nullable Sent firstSent;

  PreVoteTermDetector(ClusterView cluster, Suspicions suspicions) {
    this.cluster = cluster;
    this.suspicions = suspicions;
  }

  @Override
  public void started(ReplicaView replica, boolean isRestart, Event.Started event) {
    inPreVotes.remove(replica.id());
    inOthers.remove(replica.id());
  }

  @Override
  public void delivered(ReplicaView to, InFlightMessage message, Event.Delivered event) {
    RaftMessageView content = message.content();
    long term = content.term();
    ReplicaView sender = cluster.replica(message.from());
    if (!to.reports() || !to.isUp() || term <= to.term() || sender == null) {
      return;
    }
    if (content instanceof VoteReply reply && reply.preVote()) {
      if (!reply.granted() && sender.term() >= term) { // a grant may name the term to come
        LaterTerm before = inPreVotes.get(to.id());
        if (before == null || term > before.term) {
          inPreVotes.put(to.id(), new LaterTerm(term, message, event.atMicros()));
        }
      }
    } else if (!(content instanceof VoteRequest)) {
      inOthers.merge(to.id(), term, Math::max);
      if (to.isCandidate()) {
        standing.add(to.id());
      }
    }
  }

  @Override
  public void reported(ReplicaView replica, StateChange change, Event.Reported event) {
    if (change instanceof TermChanged && standing.remove(replica.id())) {
      adoptsOthers = true;
    }
  }

  @Override
  public void sent(ReplicaView from, InFlightMessage message) {
    LaterTerm later = inPreVotes.get(from.id());
    if (later == null || !from.reports() || !(message.content() instanceof VoteRequest request)) {
      return;
    }
    if (request.term() >= later.term) {
      return;
    }
    ignoresOthers |= inOthers.getOrDefault(from.id(), 0L) > request.term();
    long since = Math.max(later.atMicros, from.disturbedAt());
    if (message.atMicros() - since > MAX_DELAY_MICROS
        && ignored.merge(from.id(), 1, Integer::sum) == 2
        && first == null) {
      first = later;
      firstSent = message.sent();
    }
  }

  @Override
  public void ended() {
    if (first != null && firstSent != null && !ignoresOthers && adoptsOthers) {
      suspicions.suspect(
          cluster.handlesAtOnce(),
          KnownMistake.PRE_VOTE_HIDES_TERM,
          first.atMicros,
          Evidence.of(first.message.sent(), firstSent),
          "replica %s received term %d from %s in the reply to a pre-vote, and did not adopt it",
          firstSent.from(),
          first.term,
          first.message.from());
    }
  }
}
