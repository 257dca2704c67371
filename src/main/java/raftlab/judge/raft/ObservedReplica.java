package raftlab.judge.raft;

import org.jspecify.annotations.Nullable;
import raftlab.trace.Event;
import raftlab.trace.ReportedState;
import raftlab.wire.Id;

/** What one replica has reported, and what its storage must hold. */
final class ObservedReplica {
  final Id id;
  final ReconstructedLog log = new ReconstructedLog();

  // ---- this life ----

  /** How often it was started. */
  int lives;

  ReportedState state = new ReportedState();
  ElectionTimerRule.Timer timer = new ElectionTimerRule.Timer();

  /** Whether it has reported anything in this life. */
  boolean hasReported;

  /** Whether it has sent anything in this life. */
  boolean hasSent;

  /** Whether it has reported what it found in its storage, or had none to read. */
  boolean isRestored;

  /** The term that its storage must hold at least; 0 or less if none. */
  long storedTerm;

  /** The entry with which it changed its members as leader; -1 if it wasn't leader then. */
  long membersLedIndex;

  /** How far its committed entries have been compared with those of other replicas. */
  long compared;

  /** A leader's deletion, which counts if the replica still leads when it sends a message. */
  Event.@Nullable Reported deletion;

  @Nullable Event deleted;

  /** Whether it leads with a log that seems empty; its first entry shows whether it was. */
  boolean mayLackEverything;

  // ---- all lives ----

  /** Whether its reports of its log contradict each other, so that they prove nothing. */
  boolean isVague;

  boolean hasReportedLog;
  Event.@Nullable Reported lastVote;

  // ---- what must survive a crash: it was reported before a message was sent ----

  boolean hasUnsent;
  long durableTerm = ReportedState.UNKNOWN;
  Event.@Nullable Reported durableTermReport;
  Event.@Nullable Reported durableVote;

  /** Its log reached at least this entry, and has not been shorter since. */
  long durableIndex;

  long durableLastTerm = ReportedState.UNKNOWN;
  @Nullable Event durableLastReport;

  /** Its highest commit index in any life. */
  long durableCommit;

  ObservedReplica(Id id) {
    this.id = id;
  }

  /** Whether it leads the term that it is in. */
  boolean leadsItsTerm() {
    return state.isLeader() && state.term() == state.roleTerm();
  }

  /** A message was sent: all that was reported before must survive a crash. */
  void sent() {
    hasUnsent = false;
    durableTerm = Math.max(durableTerm, state.term());
    durableTermReport = state.termReport();
    durableVote = lastVote;
    logIsDurableTo(log.isUnknown() || isVague ? 0 : log.lastIndex());
    durableCommit = Math.max(durableCommit, Math.min(state.commitIndex(), durableIndex));
  }

  /** Its log up to this entry must survive a crash. */
  void logIsDurableTo(long index) {
    durableIndex = index;
    durableLastTerm = log.termAt(index);
    durableLastReport = log.reportAt(index);
  }

  /** It was started: what it kept only in memory is lost. */
  void started() {
    lives++;
    state = new ReportedState();
    timer = new ElectionTimerRule.Timer();
    hasReported = false;
    hasSent = false;
    isRestored = lives == 1;
    storedTerm = durableTerm;
    deletion = null;
    mayLackEverything = false;
    compared = 0;
    membersLedIndex = -1;
    hasUnsent = false;
    if (lives > 1) {
      log.forget();
    }
  }
}
