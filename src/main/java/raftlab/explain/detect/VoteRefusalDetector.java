package raftlab.explain.detect;

import java.util.HashMap;
import java.util.Map;
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
import raftlab.node.StateChange.Voted;
import raftlab.trace.Event;
import raftlab.wire.Id;

/**
 * Votes that are refused without a reason (§5.2, §5.4.1, dissertation §3.10), and what the refusals
 * tell about the votes that are granted. Only for replicas that report their state.
 */
final class VoteRefusalDetector implements Detector {
  /** A transfer leads to an election within this time. */
  private static final long TRANSFER_MICROS = 1_000_000;

  private record Link(Id voter, Id candidate) {}

  private record Asked(VoteRequest content, InFlightMessage message, boolean stood, long term) {}

  private record Vote(long term, Id candidate, int life, Event.Reported event) {}

  private record LoggedVote(ReplicaView voter, Event.Reported event, VoteRequest request) {}

  private final ClusterView cluster;
  private final Suspicions suspicions;
  private final Map<Link, Asked> requests = new HashMap<>();

  /** How many requests of a candidate a voter has received and not answered. */
  private final Map<Link, Integer> unanswered = new HashMap<>();

  private final Map<Id, Vote> votes = new HashMap<>();
  private final Map<Id, Long> heardLeaderAt = new HashMap<>();
  private final Map<Id, InFlightMessage> chosenBy = new HashMap<>();
  private @Nullable LoggedVote forLongerLog;
  private boolean votesForShorterLogs;
  private boolean refusesShorterLogs;

  VoteRefusalDetector(ClusterView cluster, Suspicions suspicions) {
    this.cluster = cluster;
    this.suspicions = suspicions;
  }

  /** Whether a message is TimeoutNow, by its type. */
  static boolean isTimeoutNow(InFlightMessage message) {
    String type = message.sent().message().type();
    return type.equalsIgnoreCase("timeoutNow")
        || type.equalsIgnoreCase("timeout_now")
        || type.equalsIgnoreCase("timeout-now");
  }

  @Override
  public void delivered(ReplicaView to, InFlightMessage message, Event.Delivered event) {
    if (isTimeoutNow(message)) {
      chosenBy.put(to.id(), message);
    } else if (message.content() instanceof VoteRequest request) {
      Link link = new Link(to.id(), message.from());
      unanswered.merge(link, 1, Integer::sum);
      requests.put(link, new Asked(request, message, to.isCandidate(), to.term()));
    } else if (message.content().isFromLeader()) {
      heardLeaderAt.put(to.id(), event.atMicros());
    }
  }

  @Override
  public void reported(ReplicaView replica, StateChange change, Event.Reported event) {
    if (change instanceof Voted vote && replica.reports()) {
      votes.put(replica.id(), new Vote(vote.term(), vote.candidate(), replica.lives(), event));
      Asked asked = requests.get(new Link(replica.id(), vote.candidate()));
      long lastTerm = replica.log().lastTerm();
      if (asked != null
          && asked.content.term() == vote.term()
          && asked.content.lastLogTerm() != RaftMessageView.UNKNOWN
          && asked.content.lastLogTerm() < lastTerm) {
        if (asked.content.lastLogIndex() < replica.log().lastIndex()) {
          votesForShorterLogs = true;
        } else if (forLongerLog == null) {
          forLongerLog = new LoggedVote(replica, event, asked.content);
        }
      }
    }
  }

  @Override
  public void sent(ReplicaView from, InFlightMessage message) {
    if (!(message.content() instanceof VoteReply reply)) {
      return;
    }
    Link link = new Link(from.id(), message.to());
    int open = unanswered.getOrDefault(link, 0);
    unanswered.put(link, Math.max(0, open - 1));
    if (reply.granted() || !from.reports()) {
      return;
    }
    Asked asked = requests.get(link);
    if (asked == null || asked.content.preVote() != reply.preVote()) {
      return;
    }
    if (!reply.preVote()) {
      refusedSuccessor(from, asked, message);
    }
    Vote vote = votes.get(from.id());
    Id votedFor = vote != null && vote.term == asked.content.term() ? vote.candidate : null;
    if (asked.stood
        && asked.content.term() >= asked.term
        && (reply.preVote() || votedFor == null || message.to().equals(votedFor))) {
      refusedByLog(from, asked, message);
    }
    // Of several requests a late one may be refused because its term is an earlier one.
    if (!reply.preVote()
        && open == 1
        && vote != null
        && reply.term() == vote.term
        && message.to().equals(votedFor)) {
      refusedAgain(from, vote, asked, message);
    }
  }

  /**
   * The leader has chosen the candidate (dissertation §3.10), so a leader is no reason to refuse.
   */
  private void refusedSuccessor(ReplicaView voter, Asked asked, InFlightMessage message) {
    InFlightMessage chosen = chosenBy.get(message.to());
    if (chosen != null
        && message.atMicros() - chosen.atMicros() < TRANSFER_MICROS
        && message.content().term() < asked.content.term()) {
      suspicions.likely(
          KnownMistake.TRANSFER_WITHOUT_FLAG,
          message.atMicros(),
          Evidence.of(chosen.sent(), asked.message.sent(), message.sent()),
          "replica %s refused its vote to %s and did not adopt its term %d, although the leader had"
              + " asked %s to take over",
          voter.id(),
          message.to(),
          asked.content.term(),
          message.to());
    }
  }

  /** The voter had no leader when it was asked, and no other candidate has its vote. */
  private void refusedByLog(ReplicaView voter, Asked asked, InFlightMessage message) {
    long lastTerm = voter.log().lastTerm();
    VoteRequest request = asked.content;
    if (lastTerm == RaftMessageView.UNKNOWN
        || request.lastLogTerm() == RaftMessageView.UNKNOWN
        || request.lastLogTerm() < lastTerm
        || request.lastLogIndex() >= voter.log().lastIndex()) {
      return;
    }
    refusesShorterLogs = true;
    if (request.lastLogTerm() > lastTerm) {
      suspicions.likely(
          KnownMistake.REFUSES_SHORTER_LOG,
          message.atMicros(),
          Evidence.of(asked.message.sent(), message.sent()),
          "replica %s, whose log ended at entry %d of term %d, had no leader and refused its vote to"
              + " %s, whose log ended at entry %d of term %d",
          voter.id(),
          voter.log().lastIndex(),
          lastTerm,
          message.to(),
          request.lastLogIndex(),
          request.lastLogTerm());
    }
  }

  /** The candidate has the vote. The voter may have received a leader's message since. */
  private void refusedAgain(ReplicaView voter, Vote vote, Asked asked, InFlightMessage message) {
    if (vote.life == voter.lives()
        && asked.content.term() == vote.term
        && voter.term() == vote.term
        && voter.leader().isBroadcast()
        && heardLeaderAt.getOrDefault(voter.id(), ReplicaView.NEVER) < vote.event.atMicros()) {
      suspicions.suspect(
          cluster.handlesAtOnce(),
          KnownMistake.REFUSES_REPEATED_REQUEST,
          message.atMicros(),
          Evidence.of(vote.event, asked.message.sent(), message.sent()),
          "replica %s refused its vote to %s in term %d, although it had given it that vote",
          voter.id(),
          message.to(),
          vote.term);
    }
  }

  @Override
  public void ended() {
    if (forLongerLog != null && refusesShorterLogs && !votesForShorterLogs) {
      suspicions.certain(
          KnownMistake.COMPARES_ONLY_LENGTH,
          forLongerLog.event.atMicros(),
          Evidence.of(forLongerLog.event),
          "replica %s voted for %s, whose log was longer but ended with an entry of the earlier term"
              + " %d; to a shorter log it refused its vote",
          forLongerLog.voter.id(),
          ((Voted) forLongerLog.event.change()).candidate(),
          forLongerLog.request.lastLogTerm());
    }
  }
}
