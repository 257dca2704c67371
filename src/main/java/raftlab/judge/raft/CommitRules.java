package raftlab.judge.raft;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.Invariant;
import raftlab.judge.invariant.KnownMistake;
import raftlab.node.StateChange.Appended;
import raftlab.node.StateChange.Applied;
import raftlab.node.StateChange.SnapshotInstalled;
import raftlab.node.StateChange.SnapshotTaken;
import raftlab.trace.Event;
import raftlab.trace.ReportedState;

/**
 * Committed entries stay: later leaders have them (§5.4), and all replicas apply the same (§5.4.3),
 * in order.
 */
final class CommitRules {
  private final ReportFindings findings;
  private final TermRules terms;
  private final CommittedEntries entries;
  private final long mostEntries;

  /** The highest commit index of any replica. */
  private long committed;

  CommitRules(ReportFindings findings, TermRules terms, long mostEntries) {
    this.findings = findings;
    this.terms = terms;
    this.entries = new CommittedEntries(findings);
    this.mostEntries = mostEntries;
  }

  /** A replica reports its commit index; returns whether there is such an index. */
  boolean committed(long index, ObservedReplica replica, Event.Reported report) {
    if (index < 0) {
      findings.invalid(replica.id, "commit below 0", "committed entry " + index);
      return false;
    }
    ReportedState state = replica.state;
    if (index < state.commitIndex()) {
      back(
          KnownMistake.COMMIT_GOES_BACK,
          "commit index",
          state.commitIndex(),
          index,
          replica,
          Evidence.of(state.commitReport(), report));
    }
    ReconstructedLog log = replica.log;
    if (replica.isVague || log.isUnknown()) {
      return true;
    }
    ofOwnTerm(index, replica, report);
    if (index > log.lastIndex()) {
      findings.invalid(
          replica.id,
          "commit",
          "committed entry " + index + ", and its log ends at " + log.lastIndex());
    }
    long end = Math.min(index, Math.min(log.lastIndex(), mostEntries));
    long from = Math.max(replica.compared, log.lastIndex() - log.knownEntries());
    for (long i = from + 1; i <= end; i++) {
      AppendedEntry entry = Objects.requireNonNull(log.at(i), "the last ones are known");
      entries.committed(report, log.reportAt(i), (int) i, entry.term, entry, committedIn(replica));
    }
    replica.compared = Math.max(replica.compared, end);
    return true;
  }

  /**
   * A leader commits entries of earlier terms only together with one of its own (§5.4.2): an entry
   * of an earlier term may be replaced even if a majority has it.
   */
  private void ofOwnTerm(long index, ObservedReplica replica, Event.Reported report) {
    boolean isFirst = index > committed;
    committed = Math.max(committed, index);
    AppendedEntry entry = isFirst && replica.leadsItsTerm() ? replica.log.at(index) : null;
    if (entry != null && entry.term < replica.state.roleTerm()) {
      findings.violated(
          Invariant.OWN_TERM,
          KnownMistake.COMMITS_OLD_TERM,
          List.of(replica.id),
          Evidence.of(replica.log.reportAt(index), replica.state.leaderReport(), report),
          "replica %s, leader of term %d, committed entry %d of term %d, and none of its own term"
              + " with it",
          replica.id,
          replica.state.roleTerm(),
          index,
          entry.term);
    }
  }

  /** A term not earlier than the one in which the entries were committed that it reports now. */
  private long committedIn(ObservedReplica replica) {
    return replica.leadsItsTerm()
        ? replica.state.roleTerm()
        : Math.max(replica.state.term(), terms.latestLed());
  }

  /** A replica reports an applied entry; returns whether there can be such an entry. */
  boolean applied(Applied applied, ObservedReplica replica, Event.Reported report) {
    long index = applied.index();
    if (index < 1 || index > mostEntries || applied.term() < 0) {
      findings.invalid(
          replica.id, "apply", "applied entry " + index + " of term " + applied.term());
      return false;
    }
    ReportedState state = replica.state;
    if (index <= state.appliedIndex()) {
      back(
          null,
          "last applied entry",
          state.appliedIndex(),
          index,
          replica,
          Evidence.of(state.appliedReport(), report));
    }
    AppendedEntry entry = replica.isVague ? null : replica.log.at(index);
    if (entry != null && entry.term != applied.term()) {
      findings.invalid(
          replica.id,
          "term of applied",
          "applied entry "
              + index
              + " of term "
              + applied.term()
              + ", which has term "
              + entry.term);
      return true;
    }
    if (entry != null && index <= replica.compared) {
      return true; // compared when it was committed
    }
    entries.committed(
        report,
        entry == null ? null : replica.log.reportAt(index),
        (int) index,
        applied.term(),
        entry,
        committedIn(replica));
    return true;
  }

  private void back(
      @Nullable KnownMistake mistake,
      String what,
      long from,
      long to,
      ObservedReplica replica,
      Evidence evidence) {
    findings.violated(
        Invariant.ONLY_FORWARD,
        mistake,
        List.of(replica.id),
        evidence,
        "the %s of replica %s went from %d back to %d",
        what,
        replica.id,
        from,
        to);
  }

  /** A replica takes a snapshot, which must cover applied entries only (§7). */
  void taken(SnapshotTaken snapshot, ObservedReplica replica, Event.Reported report) {
    long index = snapshot.index();
    ReportedState state = replica.state;
    boolean isReported = state.appliedIndex() > 0 && state.commitIndex() > 0;
    if (isReported && index > Math.max(state.appliedIndex(), state.commitIndex())) {
      findings.violated(
          Invariant.SNAPSHOT,
          KnownMistake.SNAPSHOT_OF_UNAPPLIED,
          List.of(replica.id),
          Evidence.of(state.appliedReport(), report),
          "replica %s took a snapshot up to entry %d, but had applied entries up to %d only",
          replica.id,
          index,
          state.appliedIndex());
    }
  }

  /** A replica installs a snapshot: the entries up to its last are committed and applied. */
  void installed(SnapshotInstalled snapshot, ObservedReplica replica, Event.Reported report) {
    long index = snapshot.index();
    if (index >= 1 && index <= mostEntries && snapshot.term() >= 0) {
      AppendedEntry entry = replica.isVague ? null : replica.log.at(index);
      boolean agrees = entry != null && entry.term == snapshot.term();
      entries.committed(
          report, null, (int) index, snapshot.term(), agrees ? entry : null, committedIn(replica));
    }
    committed = Math.max(committed, index);
    replica.compared = Math.max(replica.compared, index);
  }

  /** A replica was elected: its log must have what was committed before its term (§5.4). */
  void elected(ObservedReplica replica) {
    if (replica.isVague || replica.log.isUnknown()) {
      return;
    }
    int missing = entries.missing(replica.log, replica.state.roleTerm());
    if (missing == 0) {
      return;
    }
    if (replica.hasReportedLog) {
      lacks(missing, replica);
    } else {
      replica.mayLackEverything = true;
    }
  }

  /** A leader appends an entry. If it is entry 1, its log was empty indeed. */
  void appends(Appended appended, ObservedReplica replica) {
    if (!replica.mayLackEverything) {
      return;
    }
    replica.mayLackEverything = false;
    int missing = entries.missing(new ReconstructedLog(), replica.state.roleTerm());
    if (appended.index() == 1 && missing > 0) {
      lacks(missing, replica);
    }
  }

  private void lacks(int index, ObservedReplica replica) {
    Event.Reported committed = entries.reportAt(index);
    long last = replica.log.lastIndex();
    findings.violated(
        Invariant.LEADER_COMPLETENESS,
        List.of(replica.id),
        Evidence.of(
            entries.appendedAt(index),
            committed,
            last < index ? null : replica.log.reportAt(index),
            replica.state.leaderReport()),
        "replica %s became leader of term %d without entry %d of term %d%s which replica %s had"
            + " committed: %s",
        replica.id,
        replica.state.roleTerm(),
        index,
        entries.termAt(index),
        entries.quoteAt(index).isEmpty() ? "," : entries.quoteAt(index),
        committed.replica(),
        last < index ? "its log ends at entry " + last : "it has another entry there");
  }
}
