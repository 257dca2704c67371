package raftlab.judge.raft;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import raftlab.trace.Event;
import raftlab.trace.ReportedState;

/**
 * A replica's log as its reports show it. Unlike {@link raftlab.trace.ReportedLog} it takes entries
 * from what other replicas have reported, after a restart or a snapshot: by the Log Matching
 * Property the last entry identifies all before it. Entries up to {@code base} aren't known one by
 * one.
 */
final class ReconstructedLog {
  /** Greater indices don't fit into a JSON number of all languages. */
  static final long MAX_INDEX = 1L << 53;

  private AppendedEntry[] entries = new AppendedEntry[64];

  /** The replica's own reports; null for entries that it restored. */
  private Event[] reports = new Event[64];

  private long base;
  private long baseTerm;
  private int size;

  /** Whether the log is unknown, including its last index. */
  private boolean isUnknown;

  /** Nothing is known of the log from now on. */
  void forget() {
    clear(0, ReportedState.UNKNOWN);
    isUnknown = true;
  }

  boolean isUnknown() {
    return isUnknown;
  }

  private void clear(long newBase, long itsTerm) {
    Arrays.fill(entries, 0, size, null);
    Arrays.fill(reports, 0, size, null);
    size = 0;
    base = newBase;
    baseTerm = itsTerm;
    isUnknown = false;
  }

  /** The log ends with this entry; the entries before it are those of other replicas' logs. */
  void endsAt(long index, long term, @Nullable AppendedEntry last) {
    if (index > base && index <= lastIndex() && termAt(index) == term) {
      truncateFrom(index + 1);
      return;
    }
    int known = 0;
    for (AppendedEntry entry = last; entry != null; entry = entry.previous) {
      known++;
    }
    if (known == 0) {
      clear(index, index == 0 ? 0 : term);
      return;
    }
    clear(index - known, ReportedState.UNKNOWN);
    grow(known);
    size = known;
    int i = known;
    for (AppendedEntry entry = last; entry != null; entry = entry.previous) {
      entries[--i] = entry;
    }
    baseTerm = entries[0].previousTerm;
  }

  long lastIndex() {
    return base + size;
  }

  /** The number of entries at its end that are known. */
  int knownEntries() {
    return size;
  }

  /** The entry at this index; null if it isn't known. */
  @Nullable AppendedEntry at(long index) {
    return index > base && index <= lastIndex() ? entries[(int) (index - base - 1)] : null;
  }

  /** The replica's own report of the entry at this index, else the first report of any replica. */
  @Nullable Event reportAt(long index) {
    AppendedEntry entry = at(index);
    if (entry == null) {
      return null;
    }
    Event own = reports[(int) (index - base - 1)];
    return own == null ? entry.event : own;
  }

  /** The term of the entry at this index; {@link ReportedState#UNKNOWN} if it isn't known. */
  long termAt(long index) {
    AppendedEntry entry = at(index);
    return entry != null
        ? entry.term
        : index == base && !isUnknown ? baseTerm : ReportedState.UNKNOWN;
  }

  /** Starts a log that ends at this index and has unknown entries. */
  void beginAfter(long index) {
    clear(index, index == 0 ? 0 : ReportedState.UNKNOWN);
  }

  void append(AppendedEntry entry, Event report) {
    grow(size + 1);
    entries[size] = entry;
    reports[size++] = report;
  }

  private void grow(int least) {
    if (least > entries.length) {
      int length = Math.max(least, 2 * entries.length);
      entries = Arrays.copyOf(entries, length);
      reports = Arrays.copyOf(reports, length);
    }
  }

  /** Deletes this entry and all that follow. */
  void truncateFrom(long index) {
    if (index <= base) {
      clear(index - 1, index == 1 ? 0 : ReportedState.UNKNOWN);
      return;
    }
    int left = (int) (index - base - 1);
    Arrays.fill(entries, left, size, null);
    Arrays.fill(reports, left, size, null);
    size = left;
  }
}
