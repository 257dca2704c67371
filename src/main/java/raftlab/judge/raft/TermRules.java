package raftlab.judge.raft;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.Invariant;
import raftlab.judge.invariant.KnownMistake;
import raftlab.node.StateChange.Restored;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.node.StateChange.Voted;
import raftlab.trace.Event;
import raftlab.trace.ReportedState;

/** Terms only increase, a replica votes once a term, and a term has one leader (§5.1, §5.2). */
final class TermRules {
  private final ReportFindings findings;
  private final OneVoteRule votes = new OneVoteRule();
  private final Map<Long, Event.Reported> leaders = new HashMap<>();
  private long latestLed;

  TermRules(ReportFindings findings) {
    this.findings = findings;
  }

  /** The latest term of which a leader is known; 0 if none is. */
  long latestLed() {
    return latestLed;
  }

  /** A replica reports that it is in this term; returns whether there is such a term. */
  boolean isIn(long term, ObservedReplica replica, Event.Reported report) {
    if (term < 0) {
      findings.invalid(replica.id, "term", "is in term " + term);
      return false;
    }
    ReportedState state = replica.state;
    boolean replays = !replica.isRestored && !replica.hasSent;
    if (term < state.term() && !replays) {
      findings.violated(
          Invariant.ONLY_FORWARD,
          List.of(replica.id),
          Evidence.of(state.termReport(), report),
          "replica %s went back from term %d to term %d",
          replica.id,
          state.term(),
          term);
    } else if (term < replica.durableTerm
        && state.term() == ReportedState.UNKNOWN
        && replica.hasSent) {
      findings.violated(
          Invariant.DURABILITY,
          replica.isRestored ? KnownMistake.FORGETS_TERM : KnownMistake.STORES_NOTHING,
          List.of(replica.id),
          Evidence.of(replica.durableTermReport, report),
          "replica %s had been in term %d; after a restart it was in term %d",
          replica.id,
          replica.durableTerm,
          term);
    }
    return true;
  }

  /** A replica reports a vote; returns whether it can be one. */
  boolean voted(Voted vote, ObservedReplica replica, Event.Reported report) {
    if (!isIn(vote.term(), replica, report)) {
      return false;
    }
    replica.lastVote = report;
    votes
        .voted(replica.id, replica.lives, vote.term(), vote.candidate(), report)
        .ifPresent(findings::add);
    return true;
  }

  /** A replica found its term and its vote in its storage. */
  void restored(Restored found, ObservedReplica replica, Event.Reported report) {
    if (!found.votedFor().isBroadcast()) {
      votes.restored(replica.id, replica.lives, found.term(), found.votedFor(), report);
    }
  }

  /** A replica was restarted: its last vote counts only if it had to be stored. */
  void restarted(ObservedReplica replica) {
    if (replica.lastVote != null && replica.lastVote != replica.durableVote) {
      votes.forget(replica.lastVote);
      replica.lastVote = replica.durableVote;
    }
  }

  /**
   * A replica reports its role; returns whether it can be one. The state is still the one before.
   */
  boolean roleChanged(RoleChanged now, ObservedReplica replica, Event.Reported report) {
    if (!isIn(now.term(), replica, report)) {
      return false;
    }
    replica.deletion = null;
    replica.mayLackEverything = false;
    if (now.role() == Role.LEADER) {
      elected(now, replica, report);
    } else if (now.role() == Role.FOLLOWER) {
      follows(now, replica, report);
    }
    return true;
  }

  private void elected(RoleChanged now, ObservedReplica replica, Event.Reported report) {
    latestLed = Math.max(latestLed, now.term());
    Event.Reported before = leaders.putIfAbsent(now.term(), report);
    if (before != null && !before.replica().equals(replica.id)) {
      findings.violated(
          Invariant.ELECTION_SAFETY,
          List.of(before.replica(), replica.id),
          Evidence.of(before, report),
          "replicas %s and %s both became leader of term %d",
          before.replica(),
          replica.id,
          now.term());
    }
  }

  /**
   * A replica that enters a term may still name its leader of before; but in its term it begins to
   * follow only the leader of that term.
   */
  private void follows(RoleChanged now, ObservedReplica replica, Event.Reported report) {
    Event.Reported elected = leaders.get(now.term());
    ReportedState state = replica.state;
    boolean begins = state.roleTerm() == now.term() && !state.leader().equals(now.leader());
    if (begins
        && elected != null
        && !elected.replica().equals(now.leader())
        && !now.leader().isBroadcast()) {
      findings.violated(
          Invariant.FOLLOWS_LEADER,
          KnownMistake.ACCEPTS_OLD_TERM,
          List.of(replica.id),
          Evidence.of(elected, report),
          "replica %s followed %s in term %d, whose leader was %s",
          replica.id,
          now.leader(),
          now.term(),
          elected.replica());
    }
  }
}
