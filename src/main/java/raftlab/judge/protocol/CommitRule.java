package raftlab.judge.protocol;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import raftlab.dialect.Dialect.Aspect;
import raftlab.dialect.RaftMessageView;
import raftlab.dialect.RaftMessageView.Append;
import raftlab.dialect.RaftMessageView.AppendReply;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.Invariant;
import raftlab.judge.invariant.KnownMistake;
import raftlab.trace.Event;
import raftlab.wire.Id;

/**
 * A leader's commit index rises only to an entry that a majority has acknowledged (§5.3), and that
 * is of the leader's term (§5.4.2). What the leader may have learned from others before does not
 * count.
 */
final class CommitRule extends ProtocolRule {
  /** A leader in its term. */
  private static final class Leadership {
    private final long term;
    private final int life;
    private long commit;
    private final Map<Id, Long> matches = new HashMap<>();
    private final Map<Long, Long> entryTerms = new HashMap<>();

    Leadership(long term, int life) {
      this.term = term;
      this.life = life;
    }
  }

  private final int replicas;
  private final Map<Id, Leadership> leaders = new HashMap<>();

  /** The highest commit index that was ever sent to a replica. */
  private final Map<Id, Long> received = new HashMap<>();

  CommitRule(int replicas) {
    this.replicas = replicas;
  }

  @Override
  Set<Aspect> needed() {
    return EnumSet.of(Aspect.TERMS, Aspect.ENTRIES, Aspect.COMMIT, Aspect.ACKNOWLEDGEMENTS);
  }

  @Override
  void delivered(Event.Sent sent, RaftMessageView content) {
    if (content instanceof Append append && append.commit() > 0) {
      received.merge(sent.to(), append.commit(), Math::max);
    } else if (content instanceof AppendReply reply && reply.success()) {
      Leadership leader = leaders.get(sent.to());
      if (leader != null && leader.term == reply.term()) {
        leader.matches.merge(sent.from(), reply.matchIndex(), Math::max);
      }
    }
  }

  @Override
  void sent(Event.Sent sent, RaftMessageView content, int life) {
    if (!(content instanceof Append append) || append.term() < 1) {
      return;
    }
    Leadership leader = leaders.get(sent.from());
    if (leader == null || leader.term != append.term() || leader.life != life) {
      leader = new Leadership(append.term(), life);
      leader.commit = Math.max(append.commit(), received.getOrDefault(sent.from(), 0L));
      leaders.put(sent.from(), leader);
    }
    learnTerms(leader, append);
    if (append.commit() > leader.commit) {
      rises(sent, leader, append.commit());
      leader.commit = append.commit();
    }
  }

  private static void learnTerms(Leadership leader, Append append) {
    if (append.prevIndex() < 0) {
      return;
    }
    if (append.prevTerm() > 0) {
      leader.entryTerms.put(append.prevIndex(), append.prevTerm());
    }
    for (int i = 0; i < append.terms().size(); i++) {
      if (append.terms().get(i) > 0) {
        leader.entryTerms.put(append.prevIndex() + 1 + i, append.terms().get(i));
      }
    }
  }

  private void rises(Event.Sent sent, Leadership leader, long index) {
    long have = 1 + leader.matches.values().stream().filter(match -> match >= index).count();
    int majority = replicas / 2 + 1;
    @Nullable Long entryTerm = leader.entryTerms.get(index);
    if (have < majority) {
      breach()
          .violated(
              Invariant.PROTOCOL,
              null,
              List.of(sent.from()),
              Evidence.of(sent),
              "leader %s of term %d committed entry %d when %d of %d replicas, itself included, had"
                  + " acknowledged it",
              sent.from(),
              leader.term,
              index,
              have,
              replicas);
    } else if (entryTerm != null && entryTerm < leader.term) {
      breach()
          .violated(
              Invariant.PROTOCOL,
              KnownMistake.COMMITS_OLD_TERM,
              List.of(sent.from()),
              Evidence.of(sent),
              "leader %s of term %d committed entry %d of term %d by counting replicas, before an"
                  + " entry of its own term",
              sent.from(),
              leader.term,
              index,
              entryTerm);
    } else {
      keep();
    }
  }
}
