package raftlab.judge.raft;

import java.util.Locale;
import raftlab.node.StateChange.Restored;
import raftlab.node.StateChange.Voted;
import raftlab.trace.Event;
import raftlab.wire.Id;

/**
 * What a replica had when it sent a message must be there when it starts again (§5.1, Figure 2).
 *
 * <p>What it did in the step in which it was killed may or may not be there, reported or not. So a
 * log may be shorter than it was: a later leader may have made the replica delete its end, unseen.
 * But that takes a later term than those of the entries, and never concerns committed ones.
 */
final class RestartRules {
  private final Findings findings;
  private final KnownEntries entries;

  RestartRules(Findings findings, KnownEntries entries) {
    this.findings = findings;
    this.entries = entries;
  }

  void restored(Restored found, Observed replica, Event.Reported report) {
    if (replica.hasReported && replica.lives > 1 || !isPossible(found)) {
      findings.odd(
          replica.id,
          "restored",
          "found something in its storage twice, or below 0, or beyond all that can be");
      replica.isVague = true;
      return;
    }
    term(found, replica, report);
    vote(found, replica, report);
    boolean lost = hasLost(found, replica);
    KnownLog log = replica.log;
    log.endsAt(
        found.lastIndex(), found.lastTerm(), entries.find(found.lastIndex(), found.lastTerm()));
    if (lost && findings.isFirst(Property.DURABILITY)) {
      violated(logText(replica), endText(found), replica, replica.owedLastReport, report);
    }
    if (!found.votedFor().isBroadcast()) {
      replica.votes.putIfAbsent(found.term(), report);
    }
    replica.isRestored = true;
    replica.term = found.term();
    replica.termReport = report;
    replica.commitIndex = Math.max(0, found.snapshotIndex());
    replica.applied = replica.commitIndex;
    replica.compared = replica.commitIndex;
    replica.owedCommit = Math.min(replica.owedCommit, found.lastIndex());
    replica.oweUpTo(Math.min(replica.owedIndex, found.lastIndex()));
  }

  private static boolean isPossible(Restored found) {
    return found.term() >= 0
        && found.lastIndex() >= 0
        && found.lastIndex() <= KnownLog.MOST_INDEX
        && found.snapshotIndex() <= KnownLog.MOST_INDEX;
  }

  private static String logText(Observed replica) {
    String committed =
        replica.owedCommit > 0
            ? ", of which it knew " + replica.owedCommit + " to be committed"
            : "";
    return String.format(
        Locale.ROOT,
        "a log up to entry %d of term %d%s",
        replica.owedIndex,
        replica.owedLastTerm,
        committed);
  }

  private static String endText(Restored found) {
    return found.lastIndex() == 0
        ? "an empty log"
        : String.format(
            Locale.ROOT,
            "one that ends at entry %d of term %d",
            found.lastIndex(),
            found.lastTerm());
  }

  private void term(Restored found, Observed replica, Event.Reported report) {
    boolean isBack = found.term() < replica.owedTerm;
    if (isBack && findings.isFirst(Property.DURABILITY)) {
      violated(
          "been in term " + replica.owedTerm,
          "term " + found.term(),
          replica,
          replica.owedTermReport,
          report);
    }
  }

  private void vote(Restored found, Observed replica, Event.Reported report) {
    if (replica.owedVote == null || !(replica.owedVote.change() instanceof Voted vote)) {
      return;
    }
    if (vote.term() == found.term()
        && !vote.candidate().equals(found.votedFor())
        && findings.isFirst(Property.DURABILITY)) {
      Id now = found.votedFor();
      violated(
          "voted for " + vote.candidate() + " in term " + vote.term(),
          (now.isBroadcast() ? "no vote" : "a vote for " + now) + " in that term",
          replica,
          replica.owedVote,
          report);
    }
  }

  /** Whether it surely had entries that are gone. */
  private static boolean hasLost(Restored found, Observed replica) {
    if (replica.isVague) {
      return false;
    }
    if (found.lastIndex() < replica.owedCommit) {
      return true;
    }
    long owed = replica.owedIndex;
    if (replica.owedLastTerm == KnownEntry.UNKNOWN || found.term() > replica.owedLastTerm) {
      return false; // not known, or a later leader may have had it deleted
    }
    return found.lastIndex() < owed
        || found.lastIndex() == owed && found.lastTerm() != replica.owedLastTerm;
  }

  private void violated(
      String had, String found, Observed replica, Event owed, Event.Reported report) {
    findings.violated(
        Property.DURABILITY,
        "replica " + replica.id + " had " + had + "; started again, it found " + found,
        owed,
        report);
  }
}
