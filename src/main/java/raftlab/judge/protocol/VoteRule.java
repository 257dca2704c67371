package raftlab.judge.protocol;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import raftlab.dialect.Dialect.Aspect;
import raftlab.dialect.RaftMessageView;
import raftlab.dialect.RaftMessageView.VoteReply;
import raftlab.dialect.RaftMessageView.VoteRequest;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.Invariant;
import raftlab.judge.invariant.KnownMistake;
import raftlab.judge.raft.OneVoteRule;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** A replica gives one vote per term (§5.2), by the votes that it sends. */
final class VoteRule extends ProtocolRule {
  private final OneVoteRule votes = new OneVoteRule();

  @Override
  Set<Aspect> needed() {
    return EnumSet.of(Aspect.TERMS, Aspect.VOTES);
  }

  @Override
  void sent(Event.Sent sent, RaftMessageView content, int life) {
    if (content instanceof VoteRequest request && !request.preVote()) {
      voted(sent, request.term(), sent.from(), life);
    } else if (content instanceof VoteReply reply && reply.isVote()) {
      voted(sent, reply.term(), sent.to(), life);
    }
  }

  private void voted(Event.Sent sent, long term, Id candidate, int life) {
    if (term < 1) {
      return;
    }
    votes
        .voted(sent.from(), life, term, candidate, sent)
        .ifPresentOrElse(
            violation -> {
              boolean isTwice =
                  violation.mistake().filter(KnownMistake.VOTES_TWICE::equals).isPresent();
              if (isTwice) { // after a restart without storage a replica may vote again
                breach()
                    .violated(
                        Invariant.PROTOCOL,
                        KnownMistake.VOTES_TWICE,
                        List.of(sent.from()),
                        Evidence.of(violation.evidence().toArray(new Event[0])),
                        violation.text());
              }
            },
            this::keep);
  }
}
