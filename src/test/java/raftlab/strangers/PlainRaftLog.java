package raftlab.strangers;

import java.util.ArrayList;
import java.util.List;

/** A log whose indexes count from 1. */
final class PlainRaftLog {
  private final List<PlainLogEntry> entries = new ArrayList<>();

  long last() {
    return entries.size();
  }

  PlainLogEntry get(long index) {
    return entries.get((int) index - 1);
  }

  /** The entry's term; 0 for index 0. */
  long term(long index) {
    return index == 0 ? 0 : get(index).term();
  }

  long lastTerm() {
    return term(last());
  }

  void append(PlainLogEntry entry) {
    entries.add(entry);
  }

  boolean matches(long index, long term) {
    return index <= last() && term(index) == term;
  }

  /** Puts entries behind an index that matches, and deletes only what conflicts. */
  void take(long prev, List<PlainLogEntry> some) {
    long index = prev;
    for (PlainLogEntry entry : some) {
      index++;
      if (index <= last() && term(index) != entry.term()) {
        entries.subList((int) index - 1, entries.size()).clear();
      }
      if (index > last()) {
        append(entry);
      }
    }
  }

  /** The first index of the term that the entry there has. */
  long firstOfTerm(long index) {
    long first = index;
    while (first > 1 && term(first - 1) == term(index)) {
      first--;
    }
    return first;
  }

  /** The entries from there on, as many as fit, but one at least. */
  List<PlainLogEntry> chunk(long from, MessageWriter writer, int bytes) {
    List<PlainLogEntry> chunk = new ArrayList<>();
    int size = 0;
    for (long index = from; index <= last(); index++) {
      size += writer.size(get(index));
      if (!chunk.isEmpty() && size > bytes) {
        break;
      }
      chunk.add(get(index));
    }
    return chunk;
  }

  /** Whether all of it fits into the given number of bytes. */
  boolean fits(MessageWriter writer, int bytes) {
    return last() > 0 && chunk(1, writer, bytes).size() == last() && writer.size(get(1)) <= bytes;
  }
}
