package raftlab.trace;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import raftlab.node.StateChange.Appended;
import raftlab.node.StateChange.Restored;
import raftlab.node.StateChange.SnapshotInstalled;
import raftlab.node.StateChange.Truncated;

/**
 * A replica's log as far as it is reported. The entries after {@link #base} are known individually;
 * those up to it are not.
 */
public final class ReportedLog {
  private record Entry(long term, String command, @Nullable Event report) {}

  private final List<Entry> entries = new ArrayList<>();
  private long base;
  private long baseTerm;

  /** The last entry that isn't known individually; 0 if all are known. */
  public long base() {
    return base;
  }

  /** The index of the last entry; 0 for an empty log. */
  public long lastIndex() {
    return base + entries.size();
  }

  /** The term of the last entry; {@link ReportedState#UNKNOWN} if it isn't known. */
  public long lastTerm() {
    return termAt(lastIndex());
  }

  /** The term of an entry; {@link ReportedState#UNKNOWN} if it isn't known or doesn't exist. */
  public long termAt(long index) {
    Entry entry = at(index);
    return entry != null ? entry.term : index == base ? baseTerm : ReportedState.UNKNOWN;
  }

  private @Nullable Entry at(long index) {
    return index > base && index <= lastIndex() ? entries.get((int) (index - base - 1)) : null;
  }

  /** The command of an entry; empty if it isn't known. */
  public String commandAt(long index) {
    Entry entry = at(index);
    return entry == null ? "" : entry.command;
  }

  /** The report of an entry; null if there is none. */
  public @Nullable Event reportAt(long index) {
    Entry entry = at(index);
    return entry == null ? null : entry.report;
  }

  void apply(Appended appended, Event report) {
    append(appended.index(), appended.term(), appended.command(), report);
  }

  void apply(Truncated truncated) {
    truncateFrom(truncated.fromIndex());
  }

  void apply(SnapshotInstalled snapshot) {
    if (snapshot.lastIndex() > snapshot.index() && snapshot.lastIndex() <= lastIndex()) {
      truncateFrom(snapshot.lastIndex() + 1);
    } else {
      endsAt(snapshot.index(), snapshot.term());
    }
  }

  void apply(Restored restored) {
    endsAt(restored.lastIndex(), restored.lastTerm());
  }

  /** Puts an entry into its place; an entry that is there, and all that follow it, go. */
  public void append(long index, long term, String command, @Nullable Event report) {
    if (index <= lastIndex() && index > base) {
      truncateFrom(index);
    } else if (index != lastIndex() + 1) {
      restartAfter(Math.max(0, index - 1), index == 1 ? 0 : ReportedState.UNKNOWN);
    }
    entries.add(new Entry(term, command == null ? "" : command, report));
  }

  /** Forgets all but the last entries, if there are twice as many. */
  public void keepLast(int most) {
    if (entries.size() > 2 * most) {
      int surplus = entries.size() - most;
      baseTerm = entries.get(surplus - 1).term;
      base += surplus;
      entries.subList(0, surplus).clear();
    }
  }

  private void truncateFrom(long index) {
    if (index <= base) {
      restartAfter(Math.max(0, index - 1), index <= 1 ? 0 : ReportedState.UNKNOWN);
    } else if (index <= lastIndex()) {
      entries.subList((int) (index - base - 1), entries.size()).clear();
    }
  }

  /** Only the last entry is known: its index and its term. */
  public void restartAfter(long index, long term) {
    entries.clear();
    base = index;
    baseTerm = term;
  }

  /** The log ends with this entry; the entries before it are kept if they fit. */
  private void endsAt(long index, long term) {
    if (index < 0) {
      return;
    }
    if (index >= base && index <= lastIndex() && termAt(index) == term) {
      truncateFrom(index + 1);
    } else {
      restartAfter(index, index == 0 ? 0 : term);
    }
  }
}
