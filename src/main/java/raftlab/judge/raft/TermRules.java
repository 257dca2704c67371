package raftlab.judge.raft;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import raftlab.node.StateChange.Restored;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.node.StateChange.Voted;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** Terms only grow, votes are given once a term, and a term has one leader (§5.1, §5.2). */
final class TermRules {
  private final Findings findings;
  private final Map<Long, Event.Reported> leaders = new HashMap<>();
  private long latestLed;

  TermRules(Findings findings) {
    this.findings = findings;
  }

  /** The latest term of which a leader is known; 0 if none is. */
  long latestLed() {
    return latestLed;
  }

  /** A report shows the replica in this term; returns whether there is such a term. */
  boolean isIn(long term, Observed replica, Event.Reported report) {
    if (term < 0) {
      findings.odd(replica.id, "term", "is in term " + term);
      return false;
    }
    boolean replays = !replica.isRestored && !replica.hasSpoken;
    if (term < replica.term && !replays) {
      if (findings.isFirst(Property.ONLY_FORWARD)) {
        findings.violated(
            Property.ONLY_FORWARD,
            String.format(
                Locale.ROOT,
                "replica %s went back from term %d to term %d",
                replica.id,
                replica.term,
                term),
            replica.termReport,
            report);
      }
    } else if (term < replica.owedTerm
        && replica.term == KnownEntry.UNKNOWN
        && replica.hasSpoken
        && findings.isFirst(Property.DURABILITY)) {
      findings.violated(
          Property.DURABILITY,
          String.format(
              Locale.ROOT,
              "replica %s had been in term %d; started again, it was in term %d",
              replica.id,
              replica.owedTerm,
              term),
          replica.owedTermReport,
          report);
    }
    if (term != replica.term) {
      replica.term = term;
      replica.termReport = report;
    }
    return true;
  }

  void voted(Voted vote, Observed replica, Event.Reported report) {
    if (!isIn(vote.term(), replica, report)) {
      return;
    }
    Event.Reported before = replica.votes.putIfAbsent(vote.term(), report);
    replica.lastVote = report;
    Id first = before == null ? vote.candidate() : candidate(before);
    if (!first.equals(vote.candidate()) && findings.isFirst(Property.ONE_VOTE)) {
      findings.violated(
          Property.ONE_VOTE,
          String.format(
              Locale.ROOT,
              "replica %s voted in term %d for %s, and then for %s",
              replica.id,
              vote.term(),
              first,
              vote.candidate()),
          before,
          report);
    }
  }

  /** For whom a vote was that the replica gave, or found in its storage. */
  private static Id candidate(Event.Reported report) {
    return report.change() instanceof Voted vote
        ? vote.candidate()
        : ((Restored) report.change()).votedFor();
  }

  /**
   * Whoever enters a term may still name the leader that it knew before; but nobody begins to
   * follow another in a term than that term's leader.
   */
  private void follows(RoleChanged now, Observed replica, Event.Reported report) {
    Event.Reported elected = leaders.get(now.term());
    RoleChanged before = replica.role;
    boolean begins =
        before != null && before.term() == now.term() && !before.leader().equals(now.leader());
    if (now.role() == Role.FOLLOWER
        && begins
        && elected != null
        && !elected.replica().equals(now.leader())
        && !now.leader().isBroadcast()
        && findings.isFirst(Property.FOLLOWS_LEADER)) {
      findings.violated(
          Property.FOLLOWS_LEADER,
          String.format(
              Locale.ROOT,
              "replica %s followed %s in term %d, of which %s was the leader",
              replica.id,
              now.leader(),
              now.term(),
              elected.replica()),
          elected,
          report);
    }
  }

  void roleChanged(RoleChanged now, Observed replica, Event.Reported report) {
    if (!isIn(now.term(), replica, report)) {
      return;
    }
    replica.deletion = null;
    replica.mayLackEverything = false;
    if (now.role() != Role.LEADER) {
      replica.leads = null;
      follows(now, replica, report);
      replica.role = now;
      return;
    }
    replica.role = now;
    replica.leads = report;
    replica.ledTerm = now.term();
    latestLed = Math.max(latestLed, now.term());
    Event.Reported before = leaders.putIfAbsent(now.term(), report);
    if (before != null
        && !before.replica().equals(replica.id)
        && findings.isFirst(Property.ELECTION_SAFETY)) {
      findings.violated(
          Property.ELECTION_SAFETY,
          String.format(
              Locale.ROOT,
              "replicas %s and %s both became leader of term %d",
              before.replica(),
              replica.id,
              now.term()),
          before,
          report);
    }
  }
}
