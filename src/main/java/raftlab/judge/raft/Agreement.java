package raftlab.judge.raft;

import java.util.Arrays;
import java.util.Locale;
import raftlab.trace.Event;

/**
 * The entries that replicas have committed or applied, by index: there must be one at each, the
 * same for all (§5.4.3), and every later leader must have it (§5.4).
 */
final class Agreement {
  private final Findings findings;
  private long[] terms = new long[256];
  private KnownEntry[] entries = new KnownEntry[256];
  private Event.Reported[] reports = new Event.Reported[256];

  /**
   * For each index a term that isn't earlier than that in which it was committed; never falls from
   * one index to the next.
   */
  private long[] committedIn = new long[256];

  private int last;

  Agreement(Findings findings) {
    this.findings = findings;
  }

  /**
   * A replica knows this entry to be final.
   *
   * @param entry null if all that is known is its term
   * @param inTerm a term that isn't earlier than that in which it was committed
   */
  void isFinal(
      Event.Reported report, Event own, int index, long term, KnownEntry entry, long inTerm) {
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

  private void add(Event.Reported report, int index, long term, KnownEntry entry, long inTerm) {
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

  private void differ(Event.Reported report, Event own, int index, long term, KnownEntry entry) {
    if (!findings.isFirst(Property.STATE_MACHINE_SAFETY)) {
      return;
    }
    findings.violated(
        Property.STATE_MACHINE_SAFETY,
        String.format(
            Locale.ROOT,
            "at index %d replica %s has the entry of term %d%s for good, but replica %s that of"
                + " term %d%s",
            index,
            reports[index].replica(),
            terms[index],
            quote(entries[index], ","),
            report.replica(),
            term,
            quote(entry, "")),
        entries[index] == null ? null : entries[index].event,
        reports[index],
        own,
        report);
  }

  private static String quote(KnownEntry entry, String end) {
    return entry == null ? "" : ", " + entry.quote() + end;
  }

  /**
   * The last entry that was surely committed in an earlier term than this one and that a log of its
   * leader lacks; 0 if it has all of them as far as is known.
   */
  int missing(KnownLog log, long leaderTerm) {
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
    boolean lacks = low > log.lastIndex() || term != KnownEntry.UNKNOWN && term != terms[low];
    return lacks ? low : 0;
  }

  long termAt(int index) {
    return terms[index];
  }

  /** Who was first to know the entry at this index to be final. */
  Event.Reported reportAt(int index) {
    return reports[index];
  }

  /** Who was first to append it; null if nobody told. */
  Event appendedAt(int index) {
    return entries[index] == null ? null : entries[index].event;
  }

  String quoteAt(int index) {
    return quote(entries[index], ",");
  }
}
