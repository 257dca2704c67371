package raftlab.raft;

import java.util.ArrayList;
import java.util.List;
import raftlab.node.Host;
import raftlab.node.StateChange.Appended;
import raftlab.node.StateChange.Truncated;

/**
 * The log (§5.3). Figure 2, State: "log[] log entries; each entry contains command for state
 * machine, and term when entry was received by leader (first index is 1)".
 *
 * <p>The entries up to {@code baseIndex} were discarded, because a snapshot covers them (§7). Of
 * the entry at baseIndex only the term is stored. At first baseIndex is 0, with the term 0. Terms
 * never decrease from one entry to the next, so binary search finds them.
 */
final class Log {
  private final Host host;
  private final Journal journal;
  private final Membership membership;
  private final ArrayList<LogEntry> entries = new ArrayList<>();
  private long baseIndex;
  private long baseTerm;

  Log(Host host, Journal journal, Membership membership) {
    this.host = host;
    this.journal = journal;
    this.membership = membership;
  }

  /** Restores the entries that were in the log before the crash. */
  void restore(RecoveredState restored) {
    baseIndex = restored.baseIndex();
    baseTerm = restored.baseTerm();
    entries.addAll(restored.entries());
  }

  /** The last index that was discarded; 0 if none was. */
  long baseIndex() {
    return baseIndex;
  }

  long baseTerm() {
    return baseTerm;
  }

  long lastIndex() {
    return baseIndex + entries.size();
  }

  long lastTerm() {
    return entries.isEmpty() ? baseTerm : entries.get(entries.size() - 1).term();
  }

  /** The term of the entry at this index, {@link #baseIndex} to {@link #lastIndex}. */
  long term(long index) {
    return index == baseIndex ? baseTerm : entry(index).term();
  }

  /** The entry at this index, {@link #baseIndex} + 1 to {@link #lastIndex}. */
  LogEntry entry(long index) {
    return entries.get((int) (index - baseIndex - 1));
  }

  /** Adds an entry to the end; returns its index. */
  long append(LogEntry entry) {
    entries.add(entry);
    long index = lastIndex();
    journal.append(index, entry);
    host.report(new Appended(index, entry.term(), entry.command().toString()));
    membership.appended(index, entry.command());
    return index;
  }

  /** Deletes this entry and all that follow. */
  void truncateFrom(long index) {
    entries.subList((int) (index - baseIndex - 1), entries.size()).clear();
    journal.truncate(index);
    host.report(new Truncated(index));
    membership.truncated(index);
  }

  /** Discards the entries up to this one, because a snapshot covers them (§7). */
  void discardUpTo(long index) {
    baseTerm = term(index);
    entries.subList(0, (int) (index - baseIndex)).clear();
    entries.trimToSize();
    baseIndex = index;
    membership.compacted(index);
  }

  /** Discards all entries: the log begins after this entry now (§7). */
  void restartAfter(long index, long term) {
    entries.clear();
    baseIndex = index;
    baseTerm = term;
  }

  /** All entries that aren't discarded. Not to be changed. */
  List<LogEntry> entries() {
    return entries;
  }

  /**
   * The entries from this index on, as many as one message may carry, but at least one if there is
   * one.
   */
  List<LogEntry> entriesFrom(long fromIndex, int maxEntries, int maxBytes) {
    int from = (int) (fromIndex - baseIndex - 1);
    int end = from;
    int bytes = 0;
    while (end < entries.size() && end - from < maxEntries) {
      bytes += entries.get(end).bytes();
      if (bytes > maxBytes && end > from) {
        break;
      }
      end++;
    }
    return from == end ? List.of() : List.copyOf(entries.subList(from, end));
  }

  /**
   * Whether a log that ends with this entry is at least as up-to-date as this one. §5.4.1: "If the
   * logs have last entries with different terms, then the log with the later term is more
   * up-to-date. If the logs end with the same term, then whichever log is longer is more
   * up-to-date."
   */
  boolean isUpToDate(long lastLogIndex, long lastLogTerm) {
    return lastLogTerm != lastTerm() ? lastLogTerm > lastTerm() : lastLogIndex >= lastIndex();
  }

  /**
   * The first index after baseIndex whose entry has this term or a later one; lastIndex + 1 if
   * there is none.
   */
  long firstIndexOfTermOrLater(long term) {
    int low = 0;
    int high = entries.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (entries.get(middle).term() < term) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return baseIndex + low + 1L;
  }

  /** The last index, from baseIndex on, whose entry has this term; 0 if there is none. */
  long lastIndexOf(long term) {
    long last = firstIndexOfTermOrLater(term + 1) - 1;
    return term(last) == term ? last : 0;
  }
}
