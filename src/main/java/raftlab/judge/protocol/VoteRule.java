package raftlab.judge.protocol;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import raftlab.dialect.Dialect;
import raftlab.dialect.Dialect.Aspect;
import raftlab.dialect.Dialect.Certainty;
import raftlab.dialect.RaftMessageView;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.Invariant;
import raftlab.judge.invariant.KnownMistake;
import raftlab.judge.raft.OneVoteRule;
import raftlab.trace.Event;
import raftlab.wire.Id;

/**
 * A replica gives one vote per term (§5.2): no two of its replies give the votes of one term to
 * different candidates. That a candidate votes for itself isn't counted, since its request may be a
 * pre-vote. Replies to a replica that has led in that term aren't counted either, since they may
 * answer its AppendEntries.
 */
final class VoteRule extends ProtocolRule {
  private static final int KEPT_PER_BREACH = 2;

  private record Link(Id leader, Id follower) {}

  private final OneVoteRule votes = new OneVoteRule();

  /** The latest term in which a follower received AppendEntries of a leader. */
  private final Map<Link, Long> led = new HashMap<>();

  VoteRule() {
    super(KEPT_PER_BREACH);
  }

  @Override
  boolean isUnderstood(Dialect dialect) {
    return dialect.certainty(Aspect.TERMS) == Certainty.PROVED
        && dialect.certainty(Aspect.VOTES) == Certainty.PROVED
        && dialect.hasExplicitVotes();
  }

  @Override
  void delivered(Event.Sent sent, RaftMessageView content) {
    if (content.isFromLeader()) {
      led.merge(new Link(sent.from(), sent.to()), content.term(), Math::max);
    }
  }

  @Override
  void sent(Event.Sent sent, RaftMessageView content) {
    boolean isForOne = !sent.message().dst().isBroadcast();
    long ledTerm = led.getOrDefault(new Link(sent.to(), sent.from()), 0L);
    if (!content.isVote() || !isForOne || content.term() < 1 || ledTerm >= content.term()) {
      return;
    }
    votes
        .voted(sent.from(), 1, content.term(), sent.to(), sent)
        .ifPresentOrElse(
            violation ->
                breach()
                    .violated(
                        Invariant.PROTOCOL,
                        KnownMistake.VOTES_TWICE,
                        List.of(sent.from()),
                        Evidence.of(violation.evidence().toArray(new Event[0])),
                        violation.text()),
            this::keep);
  }
}
