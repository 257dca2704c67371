package raftlab.judge.raft;

import java.util.List;
import java.util.Locale;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.Invariant;
import raftlab.judge.invariant.KnownMistake;
import raftlab.node.StateChange.Restored;
import raftlab.node.StateChange.Voted;
import raftlab.trace.Event;
import raftlab.trace.ReportedState;
import raftlab.wire.Id;

/**
 * What a replica had when it sent a message must be in its storage when it starts again (§5.1,
 * Figure 2).
 *
 * <p>Changes of the step in which it was killed may be stored or not, reported or not. So a log may
 * be shorter than it was: a later leader may have had its end deleted, unseen. But that takes a
 * later term than the terms of the entries, and never concerns committed entries.
 */
public final class DurabilityRule {
  /** More entries than these aren't lost by syncing them too late: they were never stored. */
  private static final int MAX_UNSYNCED = 16;

  private final ReportFindings findings;
  private final LogMatchingRule entries;
  private final TermRules terms;

  DurabilityRule(ReportFindings findings, LogMatchingRule entries, TermRules terms) {
    this.findings = findings;
    this.entries = entries;
    this.terms = terms;
  }

  /** A replica reports what it found in its storage; returns whether that can be. */
  boolean restored(Restored found, ObservedReplica replica, Event.Reported report) {
    if (replica.hasReported && replica.lives > 1 || !isPossible(found)) {
      findings.invalid(
          replica.id, "restored", "restored its state twice, or an index below 0 or too large");
      replica.isVague = true;
      return false;
    }
    term(found, replica, report);
    vote(found, replica, report);
    log(found, replica, report);
    replica.log.endsAt(
        found.lastIndex(), found.lastTerm(), entries.find(found.lastIndex(), found.lastTerm()));
    terms.restored(found, replica, report);
    replica.isRestored = true;
    replica.compared = Math.max(0, found.snapshotIndex());
    replica.durableCommit = Math.min(replica.durableCommit, found.lastIndex());
    replica.logIsDurableTo(Math.min(replica.durableIndex, found.lastIndex()));
    return true;
  }

  private static boolean isPossible(Restored found) {
    return found.term() >= 0
        && found.lastIndex() >= 0
        && found.lastIndex() <= ReconstructedLog.MAX_INDEX
        && found.snapshotIndex() <= ReconstructedLog.MAX_INDEX;
  }

  private void term(Restored found, ObservedReplica replica, Event.Reported report) {
    if (found.term() < replica.durableTerm) {
      violated(
          KnownMistake.FORGETS_TERM,
          "been in term " + replica.durableTerm,
          "term " + found.term(),
          replica,
          Evidence.of(replica.durableTermReport, report));
    }
  }

  private void vote(Restored found, ObservedReplica replica, Event.Reported report) {
    if (replica.durableVote == null || !(replica.durableVote.change() instanceof Voted vote)) {
      return;
    }
    Id now = found.votedFor();
    if (vote.term() == found.term() && !vote.candidate().equals(now)) {
      violated(
          KnownMistake.FORGETS_VOTE,
          "voted for " + vote.candidate() + " in term " + vote.term(),
          (now.isBroadcast() ? "no vote" : "a vote for " + now) + " in that term",
          replica,
          Evidence.of(replica.durableVote, report));
    }
  }

  private void log(Restored found, ObservedReplica replica, Event.Reported report) {
    if (!isLogLost(found, replica)) {
      return;
    }
    String committed =
        replica.durableCommit > 0 ? ", committed up to entry " + replica.durableCommit : "";
    violated(
        lossOfEntries(
            found.lastIndex() <= found.snapshotIndex(), replica.durableIndex - found.lastIndex()),
        String.format(
            Locale.ROOT,
            "a log up to entry %d of term %d%s",
            replica.durableIndex,
            replica.durableLastTerm,
            committed),
        found.lastIndex() == 0
            ? "an empty log"
            : "one up to entry " + found.lastIndex() + " of term " + found.lastTerm(),
        replica,
        Evidence.of(replica.durableLastReport, report));
  }

  /** The mistake by which this many entries are lost in a restart, or all of them. */
  public static KnownMistake lossOfEntries(boolean isAll, long lost) {
    return isAll || lost > MAX_UNSYNCED ? KnownMistake.FORGETS_LOG : KnownMistake.STORES_LATE;
  }

  /** Whether entries that it surely had are missing. */
  private static boolean isLogLost(Restored found, ObservedReplica replica) {
    if (replica.isVague) {
      return false;
    }
    if (found.lastIndex() < replica.durableCommit) {
      return true;
    }
    if (replica.durableLastTerm == ReportedState.UNKNOWN
        || found.term() > replica.durableLastTerm) {
      return false; // unknown, or a later leader may have had entries deleted
    }
    return found.lastIndex() < replica.durableIndex
        || found.lastIndex() == replica.durableIndex && found.lastTerm() != replica.durableLastTerm;
  }

  private void violated(
      KnownMistake mistake, String had, String found, ObservedReplica replica, Evidence evidence) {
    findings.violated(
        Invariant.DURABILITY,
        mistake,
        List.of(replica.id),
        evidence,
        "replica %s had %s; after a restart it found %s",
        replica.id,
        had,
        found);
  }
}
