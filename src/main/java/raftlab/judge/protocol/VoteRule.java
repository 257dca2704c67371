package raftlab.judge.protocol;

import java.util.List;
import raftlab.dialect.Dialect;
import raftlab.dialect.Dialect.Aspect;
import raftlab.dialect.Dialect.Certainty;
import raftlab.dialect.RaftMessageView;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.Invariant;
import raftlab.judge.invariant.KnownMistake;
import raftlab.judge.raft.OneVoteRule;
import raftlab.trace.Event;

/**
 * A replica gives one vote per term (§5.2): no two of its replies give the votes of one term to
 * different candidates. That a candidate votes for itself isn't counted, since its request may be a
 * pre-vote.
 */
final class VoteRule extends ProtocolRule {
  private static final int KEPT_PER_BREACH = 2;

  private final OneVoteRule votes = new OneVoteRule();

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
  void sent(Event.Sent sent, RaftMessageView content) {
    boolean isForOne = !sent.message().dst().isBroadcast();
    if (!content.isVote() || content.term() < 1 || !isForOne) {
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
