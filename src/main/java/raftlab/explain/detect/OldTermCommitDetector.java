package raftlab.explain.detect;

import java.util.HashMap;
import java.util.Map;
import raftlab.dialect.RaftMessageView;
import raftlab.dialect.RaftMessageView.Append;
import raftlab.explain.view.InFlightMessage;
import raftlab.explain.view.ReplicaView;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.KnownMistake;
import raftlab.trace.Event;
import raftlab.wire.Id;

/**
 * A leader that reports nothing commits an entry of an earlier term by counting (§5.4.2): the
 * commit index that it sends rises to such an entry, and no earlier leader had sent it that index.
 * The judge of reports has the rule for replicas that report.
 */
final class OldTermCommitDetector implements Detector {
  /** A leader in its term, by the appends that it sends. */
  private static final class Leadership {
    private final long term;
    private final int life;
    private long commit;
    private final Map<Long, Long> entryTerms = new HashMap<>();

    Leadership(long term, int life, long commit) {
      this.term = term;
      this.life = life;
      this.commit = commit;
    }
  }

  private final Suspicions suspicions;
  private final Map<Id, Leadership> leaders = new HashMap<>();

  /** The highest commit index that was ever sent to a replica. */
  private final Map<Id, Long> received = new HashMap<>();

  OldTermCommitDetector(Suspicions suspicions) {
    this.suspicions = suspicions;
  }

  @Override
  public void delivered(ReplicaView to, InFlightMessage message, Event.Delivered event) {
    if (message.content() instanceof Append append && append.commit() > 0) {
      received.merge(to.id(), append.commit(), Math::max);
    }
  }

  @Override
  public void sent(ReplicaView from, InFlightMessage message) {
    if (from.reports() || !(message.content() instanceof Append append) || append.term() < 1) {
      return;
    }
    Leadership leader = leaders.get(from.id());
    if (leader == null || leader.term != append.term() || leader.life != from.lives()) {
      long known = Math.max(append.commit(), received.getOrDefault(from.id(), 0L));
      leader = new Leadership(append.term(), from.lives(), known);
      leaders.put(from.id(), leader);
    }
    learnTerms(leader, append);
    received.merge(from.id(), append.commit(), Math::max); // for a later leadership
    if (append.commit() > leader.commit) {
      rises(from, leader, append.commit(), message.sent());
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
      leader.entryTerms.put(append.prevIndex() + 1 + i, append.terms().get(i));
    }
  }

  private void rises(ReplicaView from, Leadership leader, long index, Event.Sent sent) {
    long entryTerm = leader.entryTerms.getOrDefault(index, RaftMessageView.UNKNOWN);
    if (entryTerm == leader.term) {
      suspicions.kept(KnownMistake.COMMITS_OLD_TERM);
    } else if (entryTerm > 0 && entryTerm < leader.term) {
      // With an entry of its own, a leader may send each follower as much as that one has.
      boolean isAlone = !leader.entryTerms.containsValue(leader.term);
      suspicions.suspect(
          isAlone,
          KnownMistake.COMMITS_OLD_TERM,
          sent.atMicros(),
          Evidence.of(sent),
          "leader %s of term %d committed entry %d of term %d by counting replicas, before an entry"
              + " of its own term",
          from.id(),
          leader.term,
          index,
          entryTerm);
    }
  }
}
