package raftlab.judge.raft;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.Invariant;
import raftlab.trace.Event;
import raftlab.trace.ReportedState;

/**
 * The entries that replicas have committed or applied. There must be one at each index, the same at
 * all replicas (§5.4.3), and the log of every later leader must have it (§5.4).
 */
final class CommittedEntries {
  private final ReportFindings findings;
  private long[] terms = new long[256];
  private AppendedEntry[] entries = new AppendedEntry[256];
  private Event.Reported[] reports = new Event.Reported[256];

  /**
   * By index: a term not earlier than the one in which the entry was committed; it never decreases
   * from one index to the next.
   */
  private long[] committedIn = new long[256];

  private int last;

  CommittedEntries(ReportFindings findings) {
    this.findings = findings;
  }

  /**
   * A replica has committed or applied this entry.
   *
   * @param entry null if only its term is known
   * @param inTerm a term not earlier than the one in which it was committed
   */
  void committed(
      Event.Reported report,
      @Nullable Event own,
      int index,
      long term,
      @Nullable AppendedEntry entry,
      long inTerm) {
    if (index > last) {
      add(report, index, term, entry, inTerm);
      return;
    }
    if (reports[index] == null) {
      terms[index] = term;
      entries[index] = entry;
      reports[index] = report;
      return;
    }
    boolean sameEntry =
        entry == null || entries[index] == null || entry.command.equals(entries[index].command);
    if (terms[index] != term || !sameEntry) {
      differ(report, own, index, term, entry);
    } else if (entries[index] == null) {
      entries[index] = entry;
    }
  }

  private void add(
      Event.Reported report, int index, long term, @Nullable AppendedEntry entry, long inTerm) {
    if (index >= terms.length) {
      int length = Math.max(index + 1, 2 * terms.length);
      terms = Arrays.copyOf(terms, length);
      entries = Arrays.copyOf(entries, length);
      reports = Arrays.copyOf(reports, length);
      committedIn = Arrays.copyOf(committedIn, length);
    }
    long atLeast = Math.max(inTerm, committedIn[last]);
    for (int skipped = last + 1; skipped <= index; skipped++) {
      committedIn[skipped] = atLeast;
    }
    terms[index] = term;
    entries[index] = entry;
    reports[index] = report;
    last = index;
  }

  private void differ(
      Event.Reported report,
      @Nullable Event own,
      int index,
      long term,
      @Nullable AppendedEntry entry) {
    findings.violated(
        Invariant.STATE_MACHINE_SAFETY,
        List.of(reports[index].replica(), report.replica()),
        Evidence.of(
            entries[index] == null ? null : entries[index].event, reports[index], own, report),
        "at index %d replica %s committed the entry of term %d%s but replica %s that of term %d%s",
        index,
        reports[index].replica(),
        terms[index],
        quote(entries[index], ","),
        report.replica(),
        term,
        quote(entry, ""));
  }

  private static String quote(@Nullable AppendedEntry entry, String end) {
    return entry == null ? "" : ", " + entry.quote() + end;
  }

  /**
   * The last entry that was surely committed in an earlier term than the leader's and that its log
   * lacks; 0 if it lacks none.
   */
  int missing(ReconstructedLog log, long leaderTerm) {
    int low = 0;
    int high = last;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (committedIn[middle] < leaderTerm) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    if (low == 0 || reports[low] == null) {
      return 0;
    }
    long term = log.termAt(low);
    boolean lacks = low > log.lastIndex() || term != ReportedState.UNKNOWN && term != terms[low];
    return lacks ? low : 0;
  }

  long termAt(int index) {
    return terms[index];
  }

  /** The first report that the entry at this index is committed. */
  Event.Reported reportAt(int index) {
    return reports[index];
  }

  /** The first report that it was appended; null if there is none. */
  @Nullable Event appendedAt(int index) {
    return entries[index] == null ? null : entries[index].event;
  }

  String quoteAt(int index) {
    return quote(entries[index], ",");
  }
}
