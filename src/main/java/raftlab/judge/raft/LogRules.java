package raftlab.judge.raft;

import java.util.List;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.Invariant;
import raftlab.judge.invariant.KnownMistake;
import raftlab.node.StateChange.Appended;
import raftlab.node.StateChange.SnapshotInstalled;
import raftlab.node.StateChange.Truncated;
import raftlab.trace.Event;

/** Leaders only append to their logs, and replicas keep committed entries (§5.3, Figure 2). */
final class LogRules {
  /** More logs aren't reconstructed after a snapshot: only a flood of reports asks for them. */
  private static final int MAX_REBUILT = 1_000;

  private final ReportFindings findings;
  private final LogMatchingRule entries;
  private final long mostEntries;
  private int rebuilt;

  /**
   * @param mostEntries a longer log can't have been reported entry by entry in this run
   */
  LogRules(ReportFindings findings, LogMatchingRule entries, long mostEntries) {
    this.findings = findings;
    this.entries = entries;
    this.mostEntries = mostEntries;
  }

  void appended(Appended appended, ObservedReplica replica, Event.Reported report) {
    long index = appended.index();
    if (index < 1 || index > mostEntries || appended.term() < 0) {
      findings.invalid(
          replica.id, "append", "appended entry " + index + " of term " + appended.term());
      replica.isVague = true;
      return;
    }
    ReconstructedLog log = replica.log;
    if (log.isUnknown()) {
      log.beginAfter(index - 1);
    } else if (index <= log.lastIndex() && !overwrites(appended, replica, report)) {
      return;
    } else if (index > log.lastIndex() + 1) {
      findings.invalid(
          replica.id,
          "gap",
          "appended entry " + index + " to a log that ended at entry " + log.lastIndex());
      replica.isVague = true;
      log.beginAfter(index - 1);
    }
    AppendedEntry entry =
        entries.appended(
            report, appended, log.at(index - 1), log.termAt(index - 1), log.reportAt(index - 1));
    log.append(entry, report);
    replica.hasReportedLog = true;
  }

  /**
   * An entry in the place of another: the old one is deleted, with all that follow it. Returns
   * false if it is the same entry.
   */
  private boolean overwrites(Appended appended, ObservedReplica replica, Event.Reported report) {
    long index = appended.index();
    AppendedEntry old = replica.log.at(index);
    if (old != null && old.term == appended.term() && old.command.equals(appended.command())) {
      findings.invalid(replica.id, "again", "appended entry " + index + ", which it had already");
      return false;
    }
    if (old != null) {
      deletes(index, replica, report);
    }
    findings.invalid(
        replica.id, "over", "appended entry " + index + " without deleting the one in that place");
    replica.isVague = true;
    replica.log.truncateFrom(index);
    return true;
  }

  void truncated(Truncated cut, ObservedReplica replica, Event.Reported report) {
    long from = cut.fromIndex();
    ReconstructedLog log = replica.log;
    if (log.isUnknown()) {
      return;
    }
    if (from < 1 || from > log.lastIndex()) {
      findings.invalid(
          replica.id,
          "cut",
          "deleted entry " + from + " of a log that ended at entry " + log.lastIndex());
      replica.isVague |= from < 1;
      return;
    }
    deletes(from, replica, report);
    if (from <= replica.state.commitIndex() && !replica.isVague) {
      findings.violated(
          Invariant.ONLY_FORWARD,
          List.of(replica.id),
          Evidence.of(log.reportAt(from), replica.state.commitReport(), report),
          "replica %s deleted its log from entry %d on, though its commit index was %d",
          replica.id,
          from,
          replica.state.commitIndex());
    }
    log.truncateFrom(from);
    if (from <= replica.durableIndex) {
      replica.logIsDurableTo(from - 1);
    }
    replica.compared = Math.min(replica.compared, from - 1);
  }

  /**
   * A leader's deletion counts once it sends a message and still leads: a replica may report that
   * it steps down only after what it did because of that.
   */
  private static void deletes(long from, ObservedReplica replica, Event.Reported report) {
    if (replica.leadsItsTerm() && replica.deletion == null) {
      replica.deletion = report;
      replica.deleted = replica.log.reportAt(from);
    }
  }

  /** The replica sends a message. */
  void sent(ObservedReplica replica) {
    Event.Reported deletion = replica.deletion;
    if (deletion == null) {
      return;
    }
    replica.deletion = null;
    if (replica.leadsItsTerm()) {
      findings.violated(
          Invariant.LEADER_APPEND_ONLY,
          KnownMistake.DROPS_LOG_AT_WINNING,
          List.of(replica.id),
          Evidence.of(replica.deleted, replica.state.leaderReport(), deletion),
          "replica %s, leader of term %d, %s",
          replica.id,
          replica.state.roleTerm(),
          deletion.change() instanceof Truncated truncated
              ? "deleted its log from entry " + truncated.fromIndex() + " on"
              : "overwrote entry " + ((Appended) deletion.change()).index());
    }
  }

  /** Whether such a snapshot is possible; if not, the log is unknown from now on. */
  boolean canBeInstalled(SnapshotInstalled snapshot, ObservedReplica replica) {
    if (snapshot.index() >= 1
        && snapshot.term() >= 0
        && snapshot.lastIndex() >= snapshot.index()
        && snapshot.lastIndex() <= ReconstructedLog.MAX_INDEX) {
      return true;
    }
    findings.invalid(
        replica.id,
        "snapshot",
        "installed a snapshot up to entry "
            + snapshot.index()
            + " of term "
            + snapshot.term()
            + ", after which its log ended at entry "
            + snapshot.lastIndex());
    replica.isVague = true;
    replica.log.forget();
    return false;
  }

  /** The leader's snapshot replaces the log up to its last entry (§7). */
  void installed(SnapshotInstalled snapshot, ObservedReplica replica) {
    ReconstructedLog log = replica.log;
    long index = snapshot.index();
    long last = snapshot.lastIndex();
    if (log.termAt(index) == snapshot.term() && last >= index && last <= log.lastIndex()) {
      if (last < log.lastIndex()) {
        log.truncateFrom(last + 1);
      }
    } else if (last == index && rebuilt++ < MAX_REBUILT) {
      log.endsAt(index, snapshot.term(), entries.find(index, snapshot.term()));
    } else {
      log.forget();
    }
    replica.hasReportedLog = true;
    if (replica.durableIndex > log.lastIndex()) {
      replica.logIsDurableTo(log.lastIndex());
    }
  }
}
