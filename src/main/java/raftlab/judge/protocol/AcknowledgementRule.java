package raftlab.judge.protocol;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import raftlab.dialect.Dialect;
import raftlab.dialect.Dialect.Aspect;
import raftlab.dialect.Dialect.Certainty;
import raftlab.dialect.RaftMessageView;
import raftlab.dialect.RaftMessageView.Append;
import raftlab.dialect.RaftMessageView.AppendReply;
import raftlab.dialect.RaftMessageView.Install;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.Invariant;
import raftlab.judge.invariant.KnownMistake;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** A follower acknowledges no entry beyond those that it was ever sent (§5.3). */
final class AcknowledgementRule extends ProtocolRule {
  private static final int KEPT_PER_BREACH = 10;

  /** The last entry that a replica can have: from a leader, or of its own when it led. */
  private final Map<Id, Long> highest = new HashMap<>();

  AcknowledgementRule() {
    super(KEPT_PER_BREACH);
  }

  @Override
  boolean isUnderstood(Dialect dialect) {
    return Stream.of(Aspect.TERMS, Aspect.ENTRIES, Aspect.ACKNOWLEDGEMENTS)
        .allMatch(aspect -> dialect.certainty(aspect) == Certainty.PROVED);
  }

  @Override
  void delivered(Event.Sent sent, RaftMessageView content) {
    if (content instanceof Append append && append.prevIndex() >= 0) {
      highest.merge(sent.to(), append.end(), Math::max);
    } else if (content instanceof Install) {
      highest.put(sent.to(), Long.MAX_VALUE);
    }
  }

  @Override
  void sent(Event.Sent sent, RaftMessageView content) {
    if (content instanceof Append append && append.prevIndex() >= 0) {
      highest.merge(sent.from(), append.end(), Math::max);
    } else if (content instanceof AppendReply reply && reply.success() && reply.matchIndex() > 0) {
      long most = highest.getOrDefault(sent.from(), 0L);
      if (reply.matchIndex() <= most) {
        keep();
      } else {
        breach()
            .violated(
                Invariant.PROTOCOL,
                KnownMistake.CLAIMS_UNVERIFIED,
                List.of(sent.from()),
                Evidence.of(sent),
                "replica %s acknowledged entries up to %d, but no message had brought it more than"
                    + " entry %d",
                sent.from(),
                reply.matchIndex(),
                most);
      }
    }
  }
}
