package raftlab.judge.raft;

import java.util.Arrays;
import raftlab.trace.Event;

/**
 * One replica's log, as far as its reports tell. Entries up to {@code base} aren't known one by
 * one; at first that is 0, for an empty log.
 */
final class KnownLog {
  /** No index is beyond this: more than a JSON number holds for everybody. */
  static final long MOST_INDEX = 1L << 53;

  private KnownEntry[] entries = new KnownEntry[64];

  /** The replica's own reports of them; null for those that it found again. */
  private Event[] reports = new Event[64];

  private long base;
  private long baseTerm;
  private int size;

  /** Whether nothing at all is known of it, not even where it ends. */
  private boolean isUnknown;

  /** Nothing is known of the log any more. */
  void forget() {
    clear(0, KnownEntry.UNKNOWN);
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

  /**
   * The log is known to end here, with this entry; what precedes it is what precedes it elsewhere.
   */
  void endsAt(long index, long term, KnownEntry last) {
    if (index > base && index <= lastIndex() && termAt(index) == term) {
      truncateFrom(index + 1);
      return;
    }
    int known = 0;
    for (KnownEntry entry = last; entry != null; entry = entry.previous) {
      known++;
    }
    if (known == 0) {
      clear(index, index == 0 ? 0 : term);
      return;
    }
    clear(index - known, KnownEntry.UNKNOWN);
    grow(known);
    size = known;
    KnownEntry entry = last;
    for (int i = known - 1; i >= 0; i--, entry = entry.previous) {
      entries[i] = entry;
    }
    baseTerm = entries[0].previousTerm;
  }

  long lastIndex() {
    return base + size;
  }

  /** How many entries at its end are known. */
  int knownEntries() {
    return size;
  }

  /** The entry at this index; null if it isn't known. */
  KnownEntry at(long index) {
    return index > base && index <= lastIndex() ? entries[(int) (index - base - 1)] : null;
  }

  /** The replica's own report of the entry at this index, or whoever told of it first. */
  Event reportAt(long index) {
    KnownEntry entry = at(index);
    if (entry == null) {
      return null;
    }
    Event own = reports[(int) (index - base - 1)];
    return own == null ? entry.event : own;
  }

  /** The term of the entry at this index; {@link KnownEntry#UNKNOWN} if it isn't known. */
  long termAt(long index) {
    KnownEntry entry = at(index);
    return entry != null ? entry.term : index == base && !isUnknown ? baseTerm : KnownEntry.UNKNOWN;
  }

  /** The next entry follows this index, of whose entry nothing is known. */
  void beginAfter(long index) {
    clear(index, index == 0 ? 0 : KnownEntry.UNKNOWN);
  }

  void append(KnownEntry entry, Event report) {
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

  /** Deletes this entry and all that follow; those before it stay as they are. */
  void truncateFrom(long index) {
    if (index <= base) {
      clear(index - 1, index == 1 ? 0 : KnownEntry.UNKNOWN);
      return;
    }
    int left = (int) (index - base - 1);
    Arrays.fill(entries, left, size, null);
    Arrays.fill(reports, left, size, null);
    size = left;
  }
}
