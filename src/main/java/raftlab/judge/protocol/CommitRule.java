package raftlab.judge.protocol;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import raftlab.dialect.Dialect;
import raftlab.dialect.Dialect.Aspect;
import raftlab.dialect.Dialect.Certainty;
import raftlab.dialect.RaftMessageView;
import raftlab.dialect.RaftMessageView.Append;
import raftlab.dialect.RaftMessageView.Install;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.Invariant;
import raftlab.judge.invariant.KnownMistake;
import raftlab.trace.Event;
import raftlab.wire.Id;

/**
 * A leader's commit index rises by counting replicas only to an entry of the leader's own term
 * (§5.4.2). What the leader may have learned from others before does not count. A leader may send a
 * follower a lower index than its own, such as that of the last entry that the follower has: so a
 * message proves nothing from when enough followers for a majority can have acknowledged an entry
 * of the leader's term. If the index falls in a term, leaders do so, and nothing is found.
 */
final class CommitRule extends ProtocolRule {
  private static final int KEPT_PER_BREACH = 5;

  /** A leader in its term. */
  private static final class Leadership {
    private final long term;
    private long commit;
    private long sentCommit;
    private final Map<Long, Long> entryTerms = new HashMap<>();

    /** The followers that were sent an entry of the term. */
    private final Set<Id> informed = new HashSet<>();

    /** Those of them that have sent the leader any message since. */
    private final Set<Id> answered = new HashSet<>();

    Leadership(long term) {
      this.term = term;
    }
  }

  private final int replicas;
  private boolean isMisread;
  private final Map<Id, Leadership> leaders = new HashMap<>();

  /** The highest commit index that was ever sent to a replica. */
  private final Map<Id, Long> received = new HashMap<>();

  CommitRule(int replicas) {
    super(KEPT_PER_BREACH);
    this.replicas = replicas;
  }

  @Override
  boolean isUnderstood(Dialect dialect) {
    return dialect.hasAnchoredCommits()
        && Stream.of(Aspect.TERMS, Aspect.ENTRIES, Aspect.COMMIT)
            .allMatch(aspect -> dialect.certainty(aspect) == Certainty.PROVED);
  }

  @Override
  boolean isMisread() {
    return isMisread;
  }

  @Override
  void delivered(Event.Sent sent, RaftMessageView content) {
    if (content instanceof Append append && append.commit() > 0) {
      received.merge(sent.to(), append.commit(), Math::max);
    } else if (content instanceof Install) {
      received.put(sent.to(), Long.MAX_VALUE);
    }
    Leadership leader = leaders.get(sent.to());
    if (leader != null && leader.informed.contains(sent.from())) {
      leader.answered.add(sent.from());
    }
  }

  @Override
  void sent(Event.Sent sent, RaftMessageView content) {
    if (!(content instanceof Append append) || append.term() < 1) {
      return;
    }
    Leadership leader = leaders.get(sent.from());
    if (leader == null || leader.term != append.term()) {
      leader = new Leadership(append.term());
      leader.commit = Math.max(append.commit(), received.getOrDefault(sent.from(), 0L));
      leaders.put(sent.from(), leader);
    }
    learnTerms(leader, append);
    if (append.terms().stream().anyMatch(term -> term < 1 || term == append.term())) {
      leader.informed.add(sent.to());
    }
    isMisread |= append.commit() >= 0 && append.commit() < leader.sentCommit;
    leader.sentCommit = Math.max(leader.sentCommit, append.commit());
    if (append.commit() > leader.commit) {
      rises(sent, leader, append.commit());
      leader.commit = append.commit();
    }
  }

  private void learnTerms(Leadership leader, Append append) {
    if (append.prevIndex() < 0) {
      return;
    }
    if (append.prevTerm() > 0) {
      learnTerm(leader, append.prevIndex(), append.prevTerm());
    }
    for (int i = 0; i < append.terms().size(); i++) {
      if (append.terms().get(i) > 0) {
        learnTerm(leader, append.prevIndex() + 1 + i, append.terms().get(i));
      }
    }
  }

  /** A leader's entries never change: if they seem to, they are misread. */
  private void learnTerm(Leadership leader, long index, long term) {
    Long known = leader.entryTerms.putIfAbsent(index, term);
    isMisread |= known != null && known != term;
  }

  private void rises(Event.Sent sent, Leadership leader, long index) {
    Long entryTerm = leader.entryTerms.get(index);
    boolean mayHaveOwn = leader.answered.size() >= replicas / 2;
    if (entryTerm == null || entryTerm >= leader.term) {
      keep();
    } else if (!mayHaveOwn) {
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
    }
  }
}
