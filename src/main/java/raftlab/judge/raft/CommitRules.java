package raftlab.judge.raft;

import java.util.Locale;
import raftlab.node.StateChange.Appended;
import raftlab.node.StateChange.Applied;
import raftlab.node.StateChange.SnapshotInstalled;
import raftlab.node.StateChange.SnapshotTaken;
import raftlab.trace.Event;

/**
 * What is committed stays: later leaders have it (§5.4), and all apply the same (§5.4.3), going
 * forward only.
 */
final class CommitRules {
  private final Findings findings;
  private final TermRules terms;
  private final Agreement agreement;
  private final long mostEntries;

  /** The last entry that any replica knew to be committed. */
  private long committed;

  CommitRules(Findings findings, TermRules terms, long mostEntries) {
    this.findings = findings;
    this.terms = terms;
    this.agreement = new Agreement(findings);
    this.mostEntries = mostEntries;
  }

  void committed(long index, Observed replica, Event.Reported report) {
    if (index < 0) {
      findings.odd(replica.id, "commit below 0", "knows entry " + index + " to be committed");
      return;
    }
    if (index < replica.commitIndex) {
      back("commit index", replica.commitIndex, index, replica, replica.commitReport, report);
    }
    replica.commitIndex = index;
    replica.commitReport = report;
    KnownLog log = replica.log;
    if (replica.isVague || log.isUnknown()) {
      return;
    }
    ofOwnTerm(index, replica, report);
    if (index > log.lastIndex()) {
      findings.odd(
          replica.id,
          "commit",
          "knows entry " + index + " to be committed, and its log ends at " + log.lastIndex());
    }
    long end = Math.min(index, Math.min(log.lastIndex(), mostEntries));
    long from = Math.max(replica.compared, log.lastIndex() - log.knownEntries());
    for (long i = from + 1; i <= end; i++) {
      KnownEntry entry = log.at(i);
      agreement.isFinal(report, log.reportAt(i), (int) i, entry.term, entry, committedIn(replica));
    }
    replica.compared = Math.max(replica.compared, end);
  }

  /**
   * What a leader is the first to commit ends with an entry of its own term: an older one that a
   * majority has may still be replaced.
   */
  private void ofOwnTerm(long index, Observed replica, Event.Reported report) {
    boolean isFirst = index > committed;
    committed = Math.max(committed, index);
    KnownEntry entry = isFirst && leadsNow(replica) ? replica.log.at(index) : null;
    if (entry != null && entry.term < replica.ledTerm && findings.isFirst(Property.OWN_TERM)) {
      findings.violated(
          Property.OWN_TERM,
          String.format(
              Locale.ROOT,
              "replica %s, leader of term %d, took entry %d of term %d for committed, and none of"
                  + " its own term with it",
              replica.id,
              replica.ledTerm,
              index,
              entry.term),
          replica.log.reportAt(index),
          replica.leads,
          report);
    }
  }

  private static boolean leadsNow(Observed replica) {
    return replica.leads() && replica.term == replica.ledTerm;
  }

  /** A term that isn't earlier than the one in which what this replica tells of was committed. */
  private long committedIn(Observed replica) {
    return leadsNow(replica) ? replica.ledTerm : Math.max(replica.term, terms.latestLed());
  }

  void applied(Applied applied, Observed replica, Event.Reported report) {
    long index = applied.index();
    if (index < 1 || index > mostEntries || applied.term() < 0) {
      findings.odd(replica.id, "apply", "applied entry " + index + " of term " + applied.term());
      return;
    }
    if (index <= replica.applied) {
      back("last applied entry", replica.applied, index, replica, replica.appliedReport, report);
    }
    replica.applied = index;
    replica.appliedReport = report;
    KnownEntry entry = replica.isVague ? null : replica.log.at(index);
    if (entry != null && entry.term != applied.term()) {
      findings.odd(
          replica.id,
          "term of applied",
          "applied entry "
              + index
              + " of term "
              + applied.term()
              + ", which has term "
              + entry.term);
      return;
    }
    if (entry != null && index <= replica.compared) {
      return; // compared as it was committed
    }
    agreement.isFinal(
        report,
        entry == null ? null : replica.log.reportAt(index),
        (int) index,
        applied.term(),
        entry,
        committedIn(replica));
  }

  private void back(
      String what, long from, long to, Observed replica, Event before, Event.Reported report) {
    if (findings.isFirst(Property.ONLY_FORWARD)) {
      findings.violated(
          Property.ONLY_FORWARD,
          String.format(
              Locale.ROOT,
              "the %s of replica %s went from %d back to %d",
              what,
              replica.id,
              from,
              to),
          before,
          report);
    }
  }

  /** A snapshot was made of what the replica has applied. */
  void taken(SnapshotTaken snapshot, Observed replica, Event.Reported report) {
    long index = snapshot.index();
    boolean tells = replica.applied > 0 && replica.commitIndex > 0;
    if (tells
        && index > Math.max(replica.applied, replica.commitIndex)
        && findings.isFirst(Property.SNAPSHOT)) {
      findings.violated(
          Property.SNAPSHOT,
          String.format(
              Locale.ROOT,
              "replica %s took a snapshot that stands for the entries up to %d, but had applied"
                  + " only those up to %d: what the others do is lost",
              replica.id,
              index,
              replica.applied),
          replica.appliedReport,
          report);
    }
  }

  /** A snapshot covers the log up to this entry: that is committed and applied. */
  void installed(SnapshotInstalled snapshot, Observed replica, Event.Reported report) {
    long index = snapshot.index();
    if (index >= 1 && index <= mostEntries && snapshot.term() >= 0) {
      KnownEntry entry = replica.isVague ? null : replica.log.at(index);
      boolean agrees = entry != null && entry.term == snapshot.term();
      agreement.isFinal(
          report, null, (int) index, snapshot.term(), agrees ? entry : null, committedIn(replica));
    }
    committed = Math.max(committed, index);
    replica.commitIndex = Math.max(replica.commitIndex, index);
    replica.applied = Math.max(replica.applied, index);
    replica.compared = Math.max(replica.compared, index);
  }

  /** The replica has become leader: it must have what was committed before its term. */
  void leads(Observed replica) {
    if (replica.isVague || replica.log.isUnknown()) {
      return;
    }
    int missing = agreement.missing(replica.log, replica.ledTerm);
    if (missing == 0) {
      return;
    }
    if (replica.hasToldOfItsLog) {
      lacks(missing, replica);
    } else {
      replica.mayLackEverything = true;
    }
  }

  /** A leader appends. If it is the first entry of all, its log was indeed empty. */
  void appends(Appended appended, Observed replica) {
    if (!replica.mayLackEverything) {
      return;
    }
    replica.mayLackEverything = false;
    int missing = agreement.missing(new KnownLog(), replica.ledTerm);
    if (appended.index() == 1 && missing > 0) {
      lacks(missing, replica);
    }
  }

  private void lacks(int index, Observed replica) {
    if (!findings.isFirst(Property.LEADER_COMPLETENESS)) {
      return;
    }
    Event.Reported agreed = agreement.reportAt(index);
    long last = replica.log.lastIndex();
    String instead = last < index ? "its log ends at entry " + last : "it has another entry there";
    findings.violated(
        Property.LEADER_COMPLETENESS,
        String.format(
            Locale.ROOT,
            "replica %s became leader of term %d without entry %d of term %d%s which replica %s"
                + " knew to be committed: %s",
            replica.id,
            replica.ledTerm,
            index,
            agreement.termAt(index),
            agreement.quoteAt(index).isEmpty() ? "," : agreement.quoteAt(index),
            agreed.replica(),
            instead),
        agreement.appendedAt(index),
        agreed,
        last < index ? null : replica.log.reportAt(index),
        replica.leads);
  }
}
