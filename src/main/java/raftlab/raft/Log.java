package raftlab.raft;

import java.util.ArrayList;
import java.util.List;
import raftlab.node.Host;
import raftlab.node.StateChange.Appended;
import raftlab.node.StateChange.Truncated;

/**
 * The replica's log (§5.3): entries from index 1 on, and at index 0 an imaginary one of term 0 that
 * all logs share. The terms never fall from one entry to the next, so they can be searched by
 * halving.
 */
final class Log {
  private final Host host;
  private final Journal journal;
  private final ArrayList<Entry> entries = new ArrayList<>();

  Log(Host host, Journal journal) {
    this.host = host;
    this.journal = journal;
  }

  /** Takes the entries that were in the log before the crash. */
  void restore(List<Entry> restored) {
    entries.addAll(restored);
  }

  long lastIndex() {
    return entries.size();
  }

  long lastTerm() {
    return term(entries.size());
  }

  /** The term of the entry at this index, 0 to {@link #lastIndex}. */
  long term(long index) {
    return index == 0 ? 0 : entry(index).term();
  }

  /** The entry at this index, 1 to {@link #lastIndex}. */
  Entry entry(long index) {
    return entries.get((int) (index - 1));
  }

  /** Adds an entry to the end; returns its index. */
  long append(Entry entry) {
    entries.add(entry);
    long index = entries.size();
    journal.append(index, entry);
    host.report(new Appended(index, entry.term(), entry.command().toString()));
    return index;
  }

  /** Deletes this entry and all that follow. */
  void truncateFrom(long index) {
    entries.subList((int) (index - 1), entries.size()).clear();
    journal.truncate(index);
    host.report(new Truncated(index));
  }

  /**
   * The entries from this index on, as many as one message may carry, but one at least if there is
   * one.
   */
  List<Entry> batch(long fromIndex, int maxEntries, int maxBytes) {
    int from = (int) (fromIndex - 1);
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
   * Whether a log that ends with this entry is at least as up-to-date as ours (§5.4.1): the later
   * last term wins; if they are equal, the longer log.
   */
  boolean isUpToDate(long lastLogIndex, long lastLogTerm) {
    return lastLogTerm != lastTerm() ? lastLogTerm > lastTerm() : lastLogIndex >= lastIndex();
  }

  /**
   * The first index whose entry is of this term or a later one; one more than the last if there is
   * none.
   */
  long firstIndexSince(long term) {
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
    return low + 1L;
  }

  /** The last index whose entry is of this term, or 0 if there is none. */
  long lastIndexOf(long term) {
    long last = firstIndexSince(term + 1) - 1;
    return last > 0 && term(last) == term ? last : 0;
  }
}
