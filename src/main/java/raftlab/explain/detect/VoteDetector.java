package raftlab.explain.detect;

import java.util.HashMap;
import java.util.Map;
import raftlab.dialect.RaftMessageView;
import raftlab.dialect.RaftMessageView.VoteReply;
import raftlab.dialect.RaftMessageView.VoteRequest;
import raftlab.explain.view.InFlightMessage;
import raftlab.explain.view.ReplicaView;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.KnownMistake;
import raftlab.judge.raft.OneVoteRule;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Voted;
import raftlab.trace.Event;
import raftlab.wire.Id;

/**
 * Votes as messages show them: one per term (§5.2), and only for a candidate whose log is up to
 * date (§5.4.1). {@link OneVoteRule} is also applied to reports, for the verdict.
 */
final class VoteDetector implements Detector {
  private record Candidacy(Id candidate, long term) {}

  private record Request(VoteRequest content, Event.Sent sent) {}

  private final Suspicions suspicions;
  private final OneVoteRule votes = new OneVoteRule();
  private final Map<Candidacy, Request> requests = new HashMap<>();

  VoteDetector(Suspicions suspicions) {
    this.suspicions = suspicions;
  }

  @Override
  public void reported(ReplicaView replica, StateChange change, Event.Reported event) {
    if (change instanceof Voted vote && !vote.candidate().equals(replica.id())) {
      compareLogs(replica, vote.term(), vote.candidate(), event);
    }
  }

  @Override
  public void sent(ReplicaView from, InFlightMessage message) {
    if (message.content() instanceof VoteRequest request && !request.preVote()) {
      requests.put(new Candidacy(from.id(), request.term()), new Request(request, message.sent()));
      voted(from, request.term(), from.id(), message.sent());
    } else if (message.content() instanceof VoteReply reply && reply.isVote()) {
      voted(from, reply.term(), message.to(), message.sent());
      if (!from.reports()) { // else it has reported the vote, and its log before that
        compareLogs(from, reply.term(), message.to(), message.sent());
      }
    }
  }

  private void voted(ReplicaView voter, long term, Id candidate, Event.Sent sent) {
    if (term < 1) {
      return; // a pre-vote: no replica votes before the first term
    }
    votes
        .voted(voter.id(), voter.lives(), term, candidate, sent)
        .ifPresentOrElse(
            violation -> suspicions.violated(violation, true),
            () -> suspicions.kept(KnownMistake.VOTES_TWICE));
  }

  /** The voter's log must not be more up to date than the candidate's. */
  private void compareLogs(ReplicaView voter, long term, Id candidate, Event event) {
    Request request = requests.get(new Candidacy(candidate, term));
    if (request == null
        || request.content.lastLogTerm() == RaftMessageView.UNKNOWN
        || !voter.isLogKnown()
        || !voter.reports() && !voter.isLogShownInLife()) { // it may have lost its log
      return;
    }
    long lastTerm = voter.log().lastTerm();
    long lastIndex = voter.log().lastIndex();
    if (lastTerm == RaftMessageView.UNKNOWN) {
      return;
    }
    VoteRequest asked = request.content;
    boolean isOlder =
        asked.lastLogTerm() < lastTerm
            || asked.lastLogTerm() == lastTerm && asked.lastLogIndex() < lastIndex;
    if (!isOlder) {
      if (lastIndex > 0) {
        suspicions.kept(KnownMistake.VOTES_FOR_OLD_LOG);
      }
    } else if (!voter.reports() && voter.overtakenBy() != null) {
      suspicions.likely(
          KnownMistake.TRUNCATES_ON_OLD_APPEND,
          event.atMicros(),
          Evidence.of(voter.overtakenBy(), request.sent, event),
          "replica %s, which had acknowledged entry %d of term %d and then received an older message"
              + " of its leader, voted for %s, whose log ended at entry %d of term %d: either it"
              + " deleted entries that conflicted with nothing, or it votes for older logs",
          voter.id(),
          lastIndex,
          lastTerm,
          candidate,
          asked.lastLogIndex(),
          asked.lastLogTerm());
    } else {
      // A follower may have acknowledged an entry of this term that it does not have.
      suspicions.suspect(
          voter.reports() || asked.lastLogTerm() < lastTerm,
          KnownMistake.VOTES_FOR_OLD_LOG,
          event.atMicros(),
          Evidence.of(voter.log().reportAt(lastIndex), request.sent, event),
          "replica %s, whose log ended at entry %d of term %d, voted for %s, whose log ended at entry"
              + " %d of term %d",
          voter.id(),
          lastIndex,
          lastTerm,
          candidate,
          asked.lastLogIndex(),
          asked.lastLogTerm());
    }
  }
}
