package raftlab.judge.raft;

import java.util.Locale;
import raftlab.node.StateChange.Appended;
import raftlab.node.StateChange.SnapshotInstalled;
import raftlab.node.StateChange.Truncated;
import raftlab.trace.Event;

/** How logs grow: leaders only append (§5.3), and logs match (§5.3). */
final class LogRules {
  /**
   * So many logs are built up again from what others have told; more only a flood of reports asks
   * for.
   */
  private static final int MOST_REBUILT = 1_000;

  private final Findings findings;
  private final KnownEntries entries;
  private final long mostEntries;
  private int rebuilt;

  /**
   * @param mostEntries a log that is longer can't have been reported entry by entry in this run
   */
  LogRules(Findings findings, KnownEntries entries, long mostEntries) {
    this.findings = findings;
    this.entries = entries;
    this.mostEntries = mostEntries;
  }

  void appended(Appended appended, Observed replica, Event.Reported report) {
    long index = appended.index();
    if (index < 1 || index > mostEntries || appended.term() < 0) {
      findings.odd(replica.id, "append", "appended entry " + index + " of term " + appended.term());
      replica.isVague = true;
      return;
    }
    KnownLog log = replica.log;
    if (log.isUnknown()) {
      log.beginAfter(index - 1);
    } else if (index <= log.lastIndex() && !overwrites(appended, replica, report)) {
      return;
    } else if (index > log.lastIndex() + 1) {
      findings.odd(
          replica.id,
          "gap",
          "appended entry " + index + " to a log that ended at entry " + log.lastIndex());
      replica.isVague = true;
      log.beginAfter(index - 1);
    }
    KnownEntry entry =
        entries.appended(
            report, appended, log.at(index - 1), log.termAt(index - 1), log.reportAt(index - 1));
    log.append(entry, report);
    replica.hasToldOfItsLog = true;
  }

  /**
   * An entry in the place of another: whether it is another. The old one, and what follows, goes.
   */
  private boolean overwrites(Appended appended, Observed replica, Event.Reported report) {
    long index = appended.index();
    KnownEntry old = replica.log.at(index);
    if (old != null && old.term == appended.term() && old.command.equals(appended.command())) {
      findings.odd(replica.id, "again", "appended entry " + index + ", which it had already");
      return false;
    }
    if (old != null) {
      deletes(index, replica, report);
    }
    findings.odd(
        replica.id, "over", "appended entry " + index + " without deleting the one in that place");
    replica.isVague = true;
    replica.log.truncateFrom(index);
    return true;
  }

  void truncated(Truncated cut, Observed replica, Event.Reported report) {
    long from = cut.fromIndex();
    KnownLog log = replica.log;
    if (log.isUnknown()) {
      return;
    }
    if (from < 1 || from > log.lastIndex()) {
      findings.odd(
          replica.id,
          "cut",
          "deleted entry " + from + " of a log that ended at entry " + log.lastIndex());
      replica.isVague |= from < 1;
      return;
    }
    deletes(from, replica, report);
    if (from <= replica.commitIndex
        && !replica.isVague
        && findings.isFirst(Property.ONLY_FORWARD)) {
      findings.violated(
          Property.ONLY_FORWARD,
          String.format(
              Locale.ROOT,
              "replica %s deleted its log from entry %d on, though it knew entries up to %d to be"
                  + " committed",
              replica.id,
              from,
              replica.commitIndex),
          log.reportAt(from),
          replica.commitReport,
          report);
    }
    log.truncateFrom(from);
    if (from <= replica.owedIndex) {
      replica.oweUpTo(from - 1);
    }
    replica.compared = Math.min(replica.compared, from - 1);
  }

  /**
   * A leader's deletion is remembered until it sends something as leader still: some may tell that
   * they don't lead any more only after what they did in consequence.
   */
  private static void deletes(long from, Observed replica, Event.Reported report) {
    if (replica.leads() && replica.term == replica.ledTerm && replica.deletion == null) {
      replica.deletion = report;
      replica.deleted = replica.log.reportAt(from);
    }
  }

  /** The replica has sent a message. */
  void spoke(Observed replica) {
    Event.Reported deletion = replica.deletion;
    if (deletion == null) {
      return;
    }
    replica.deletion = null;
    if (replica.term == replica.ledTerm && findings.isFirst(Property.LEADER_APPEND_ONLY)) {
      findings.violated(
          Property.LEADER_APPEND_ONLY,
          String.format(
              Locale.ROOT,
              "replica %s, leader of term %d, %s",
              replica.id,
              replica.ledTerm,
              deletion.change() instanceof Truncated truncated
                  ? "deleted its log from entry " + truncated.fromIndex() + " on"
                  : "overwrote entry " + ((Appended) deletion.change()).index()),
          replica.deleted,
          replica.leads,
          deletion);
    }
  }

  /** Whether there can be such a snapshot; if not, nothing is known of the log any more. */
  boolean canBeInstalled(SnapshotInstalled snapshot, Observed replica) {
    if (snapshot.index() >= 1
        && snapshot.term() >= 0
        && snapshot.lastIndex() >= snapshot.index()
        && snapshot.lastIndex() <= KnownLog.MOST_INDEX) {
      return true;
    }
    findings.odd(
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

  /** The leader's snapshot took the place of the log up to its last entry (§7). */
  void installed(SnapshotInstalled snapshot, Observed replica) {
    KnownLog log = replica.log;
    long index = snapshot.index();
    long last = snapshot.lastIndex();
    if (log.termAt(index) == snapshot.term() && last >= index && last <= log.lastIndex()) {
      if (last < log.lastIndex()) {
        log.truncateFrom(last + 1);
      }
    } else if (last == index && rebuilt++ < MOST_REBUILT) {
      log.endsAt(index, snapshot.term(), entries.find(index, snapshot.term()));
    } else {
      log.forget();
    }
    replica.hasToldOfItsLog = true;
    if (replica.owedIndex > log.lastIndex()) {
      replica.oweUpTo(log.lastIndex());
    }
  }
}
