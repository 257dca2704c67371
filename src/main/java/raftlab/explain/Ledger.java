package raftlab.explain;

import java.util.ArrayList;
import java.util.List;
import raftlab.trace.Event;

/** A replica's log as far as it reports it: terms and commands from behind {@code base} on. */
final class Ledger {
  private record Line(long term, String command, Event report) {}

  private final List<Line> lines = new ArrayList<>();
  private long base;
  private long baseTerm;

  /** The last entry that isn't known by itself; 0 if all are. */
  long base() {
    return base;
  }

  long lastIndex() {
    return base + lines.size();
  }

  /** That entry's term; {@link Said#UNKNOWN} if it isn't known. */
  long lastTerm() {
    return termAt(lastIndex());
  }

  /** {@link Said#UNKNOWN} for what isn't known, or isn't there. */
  long termAt(long index) {
    Line line = at(index);
    return line != null ? line.term : index == base ? baseTerm : Said.UNKNOWN;
  }

  private Line at(long index) {
    return index > base && index <= lastIndex() ? lines.get((int) (index - base - 1)) : null;
  }

  String commandAt(long index) {
    Line line = at(index);
    return line == null ? "" : line.command;
  }

  Event reportAt(long index) {
    Line line = at(index);
    return line == null ? null : line.report;
  }

  void append(long index, long term, String command, Event report) {
    if (index <= lastIndex() && index > base) {
      truncateFrom(index);
    } else if (index != lastIndex() + 1) {
      restartAfter(Math.max(0, index - 1), index == 1 ? 0 : Said.UNKNOWN);
    }
    lines.add(new Line(term, command == null ? "" : command, report));
  }

  void truncateFrom(long index) {
    if (index <= base) {
      restartAfter(Math.max(0, index - 1), index <= 1 ? 0 : Said.UNKNOWN);
    } else if (index <= lastIndex()) {
      lines.subList((int) (index - base - 1), lines.size()).clear();
    }
  }

  void restartAfter(long index, long term) {
    lines.clear();
    base = index;
    baseTerm = term;
  }

  /** The log is known to end with this entry; what precedes it is as it was if that fits. */
  void endsAt(long index, long term) {
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
