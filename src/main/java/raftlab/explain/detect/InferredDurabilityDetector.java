package raftlab.explain.detect;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import raftlab.dialect.RaftMessageView;
import raftlab.dialect.RaftMessageView.Append;
import raftlab.dialect.RaftMessageView.AppendReply;
import raftlab.dialect.RaftMessageView.VoteReply;
import raftlab.dialect.RaftMessageView.VoteRequest;
import raftlab.explain.view.InFlightMessage;
import raftlab.explain.view.LeaderAppends;
import raftlab.explain.view.ReplicaView;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.KnownMistake;
import raftlab.judge.raft.DurabilityRule;
import raftlab.trace.Event;
import raftlab.wire.Id;

/**
 * After a restart a replica that reports nothing must still have what its messages showed before:
 * its term, and the entries that it acknowledged (§5.1). {@link DurabilityRule} checks the reports
 * of replicas that report what they restore.
 */
final class InferredDurabilityDetector implements Detector {
  private static final class Shown {
    private long term = RaftMessageView.UNKNOWN;
    private @Nullable Event termSent;
    private long preVoteTerm = RaftMessageView.UNKNOWN;
    private @Nullable Acknowledged acknowledged;

    // The same when the replica was last started.
    private long durableTerm = RaftMessageView.UNKNOWN;
    private @Nullable Event durableTermSent;
    private @Nullable Acknowledged durable;
  }

  /** The last entry that it has acknowledged to the leader of a term. */
  private record Acknowledged(long index, long entryTerm, long inTerm, Event sent) {}

  private record Candidacy(Id candidate, long term) {}

  private final Suspicions suspicions;
  private final Map<Id, Shown> shown = new HashMap<>();
  private final Map<Candidacy, VoteRequest> requests = new HashMap<>();

  /** Whether pre-votes have the term that the candidate wants, and not its own. */
  private boolean preVotesHaveNextTerm;

  InferredDurabilityDetector(Suspicions suspicions) {
    this.suspicions = suspicions;
  }

  private Shown of(Id replica) {
    return shown.computeIfAbsent(replica, id -> new Shown());
  }

  @Override
  public void started(ReplicaView replica, boolean isRestart, Event.Started event) {
    Shown its = of(replica.id());
    its.durableTerm = its.term;
    its.durableTermSent = its.termSent;
    its.durable = its.acknowledged;
  }

  @Override
  public void delivered(ReplicaView to, InFlightMessage message, Event.Delivered event) {
    Shown its = of(to.id());
    its.acknowledged = afterMessage(its.acknowledged, message.content());
    its.durable = afterMessage(its.durable, message.content());
  }

  /** A later leader may have the entry deleted, unless its message shows that it has it too. */
  private static @Nullable Acknowledged afterMessage(
      @Nullable Acknowledged known, RaftMessageView content) {
    if (known == null || !content.isFromLeader() || content.term() <= known.inTerm) {
      return known;
    }
    boolean hasIt =
        content instanceof Append append
            && append.prevIndex() == known.index
            && append.prevTerm() == known.entryTerm;
    return hasIt
        ? new Acknowledged(known.index, known.entryTerm, content.term(), known.sent)
        : null;
  }

  @Override
  public void sent(ReplicaView from, InFlightMessage message) {
    RaftMessageView content = message.content();
    if (from.reports() || content.term() < 0) {
      return;
    }
    Shown its = of(from.id());
    if (content instanceof VoteRequest request) {
      if (request.preVote()) {
        its.preVoteTerm = request.term();
      } else {
        preVotesHaveNextTerm |= request.term() == its.preVoteTerm;
        requests.put(new Candidacy(from.id(), request.term()), request);
      }
      logEnds(from, its, request, message.sent(), "stood for election");
    } else if (content instanceof VoteReply reply && reply.isVote()) {
      VoteRequest request = requests.get(new Candidacy(message.to(), reply.term()));
      if (request != null) {
        logEnds(from, its, request, message.sent(), "voted for a candidate");
      }
    } else if (content instanceof AppendReply reply && reply.success()) {
      acknowledges(from, its, reply, message.sent());
    }
    boolean isInTerm =
        content.isFromLeader()
            || content instanceof AppendReply
            || content instanceof VoteRequest
            || content.isVote();
    if (isInTerm) {
      term(from, its, content, message.sent());
    }
  }

  private static void acknowledges(
      ReplicaView replica, Shown its, AppendReply reply, Event.Sent sent) {
    LeaderAppends appends = replica.appends(reply.term());
    long entryTerm = appends == null ? RaftMessageView.UNKNOWN : appends.termAt(reply.matchIndex());
    boolean isMore = its.acknowledged == null || its.acknowledged.index <= reply.matchIndex();
    if (entryTerm != RaftMessageView.UNKNOWN && isMore) {
      its.acknowledged = new Acknowledged(reply.matchIndex(), entryTerm, reply.term(), sent);
    }
  }

  private void term(ReplicaView replica, Shown its, RaftMessageView content, Event.Sent sent) {
    boolean isPreVote = content instanceof VoteRequest request && request.preVote();
    boolean isNewTerm = content instanceof VoteRequest && (!isPreVote || preVotesHaveNextTerm);
    boolean forgot =
        isNewTerm ? content.term() <= its.durableTerm : content.term() < its.durableTerm;
    if (its.durableTerm > 0 && forgot) {
      suspicions.certain(
          KnownMistake.FORGETS_TERM,
          sent.atMicros(),
          Evidence.of(its.durableTermSent, sent),
          "replica %s, which had sent messages in term %d before a restart, %s term %d",
          replica.id(),
          its.durableTerm,
          isNewTerm ? "stood for election in" : "sent a message in",
          content.term());
    }
    if (content.term() > its.term && !isPreVote) {
      its.term = content.term();
      its.termSent = sent;
    }
  }

  /** What it does shows that its log ends where this request says, at most. */
  private void logEnds(
      ReplicaView replica, Shown its, VoteRequest request, Event.Sent sent, String what) {
    Acknowledged had = its.durable;
    if (had == null) {
      return;
    }
    long index = request.lastLogIndex();
    long term = request.lastLogTerm();
    boolean isLost =
        term != RaftMessageView.UNKNOWN
            && index >= 0
            && (term < had.entryTerm || term == had.entryTerm && index < had.index);
    if (isLost) {
      suspicions.certain(
          DurabilityRule.lossOfEntries(index == 0 && had.index > 1, had.index - index),
          sent.atMicros(),
          Evidence.of(had.sent, sent),
          "replica %s, which had acknowledged entry %d of term %d before a restart, %s with a log"
              + " that ends at entry %d of term %d",
          replica.id(),
          had.index,
          had.entryTerm,
          what,
          index,
          term);
    }
  }
}
