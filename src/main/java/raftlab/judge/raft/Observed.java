package raftlab.judge.raft;

import java.util.HashMap;
import java.util.Map;
import raftlab.node.StateChange.RoleChanged;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** What one replica has reported of itself. */
final class Observed {
  final Id id;
  final KnownLog log = new KnownLog();

  // ---- this life ----

  /** How often it was started. */
  int lives;

  Patience.Waiting waiting = new Patience.Waiting();

  /** Whether it has reported anything in this life, and whether it has sent anything. */
  boolean hasReported;

  boolean hasSpoken;

  /** Whether it has said what it found in its storage, or had none to look at. */
  boolean isRestored;

  /** The term that it must find in its storage at least; 0 or less if it needn't find any. */
  long mustFindTerm;

  /** The part that it plays, by its latest report of this life; null if there is none. */
  RoleChanged role;

  /** Its report that it leads; null while it doesn't. */
  Event.Reported leads;

  long ledTerm;

  long commitIndex;
  Event.Reported commitReport;
  long applied;
  Event.Reported appliedReport;

  /** The entry by which it counts its members. */
  long membersIndex;

  Event.Reported membersReport;

  /** The same if it led when it began to count by that; else -1. */
  long membersLedIndex;

  /** How far its committed entries have been compared with those of others. */
  long compared;

  /** A leader's deletion that counts if the replica leads on: what it sent shows that. */
  Event.Reported deletion;

  Event deleted;

  /**
   * A leader that seems to have an empty log, which counts as soon as it appends the first entry.
   */
  boolean mayLackEverything;

  // ---- all lives ----

  /** Whether its reports of its log contradict each other, so that they prove nothing. */
  boolean isVague;

  boolean hasToldOfItsLog;

  /** {@link KnownEntry#UNKNOWN} if it never told. */
  long term = KnownEntry.UNKNOWN;

  Event.Reported termReport;
  final Map<Long, Event.Reported> votes = new HashMap<>();
  Event.Reported lastVote;

  // ---- what it has promised to keep: it sent messages after it had reported that ----

  boolean hasUnpromised;
  long owedTerm = KnownEntry.UNKNOWN;
  Event.Reported owedTermReport;
  Event.Reported owedVote;

  /** Its log was at least so long and is known to be no shorter since. */
  long owedIndex;

  long owedLastTerm = KnownEntry.UNKNOWN;
  Event owedLastReport;

  /** So much of its log it knew to be committed, in whatever life. */
  long owedCommit;

  Observed(Id id) {
    this.id = id;
  }

  boolean leads() {
    return leads != null;
  }

  /** A message has left: what was reported before is owed from now on. */
  void promise() {
    hasUnpromised = false;
    owedTerm = Math.max(owedTerm, term);
    owedTermReport = termReport;
    owedVote = lastVote;
    oweUpTo(log.isUnknown() || isVague ? 0 : log.lastIndex());
    owedCommit = Math.max(owedCommit, Math.min(commitIndex, owedIndex));
  }

  /** Of its log, as it is, it owes so much. */
  void oweUpTo(long index) {
    owedIndex = index;
    owedLastTerm = log.termAt(index);
    owedLastReport = log.reportAt(index);
  }

  /** It was started again: what is in memory only is gone. */
  void begin() {
    lives++;
    hasReported = false;
    hasSpoken = false;
    isRestored = lives == 1;
    mustFindTerm = owedTerm;
    role = null;
    leads = null;
    deletion = null;
    mayLackEverything = false;
    commitIndex = 0;
    commitReport = null;
    applied = 0;
    appliedReport = null;
    compared = 0;
    membersIndex = 0;
    waiting = new Patience.Waiting();
    membersLedIndex = -1;
    hasUnpromised = false;
    if (lives > 1) {
      if (lastVote != owedVote) {
        votes.values().remove(lastVote); // it may not have been stored
        lastVote = owedVote;
      }
      term = KnownEntry.UNKNOWN;
      termReport = null;
      log.forget();
    }
  }
}
