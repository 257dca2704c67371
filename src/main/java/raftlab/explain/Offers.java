package raftlab.explain;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import raftlab.trace.Event;

/** What the leader of one term has told one follower of its log, as far as it was delivered. */
final class Offers {
  /** So many messages are remembered one by one. */
  private static final int MOST_RECENT = 256;

  private static final int MOST_ENTRIES = 1 << 20;

  /** A message with entries, or a heartbeat, and when it was delivered. */
  record Offer(Said.Append append, Event.Delivered event) {}

  final long term;
  private final Deque<Offer> recent = new ArrayDeque<>();
  private long[] terms = new long[64];
  private long highest;
  private long snapshotIndex;
  private long verified;

  Offers(long term) {
    this.term = term;
    Arrays.fill(terms, Said.UNKNOWN);
  }

  void add(Said.Append append, Event.Delivered event) {
    if (append.prevIndex() == Said.UNKNOWN || append.end() > MOST_ENTRIES) {
      return;
    }
    recent.addLast(new Offer(append, event));
    if (recent.size() > MOST_RECENT) {
      recent.removeFirst();
    }
    put(append.prevIndex(), append.prevTerm());
    for (int i = 0; i < append.terms().size(); i++) {
      put(append.prevIndex() + 1 + i, append.terms().get(i));
    }
    highest = Math.max(highest, append.end());
    if (append.commit() != Said.UNKNOWN) {
      verified = Math.max(verified, Math.min(append.commit(), append.end()));
    }
  }

  private void put(long index, long entryTerm) {
    if (index < 1 || index > MOST_ENTRIES || entryTerm == Said.UNKNOWN) {
      return;
    }
    if (index >= terms.length) {
      int before = terms.length;
      terms = Arrays.copyOf(terms, Math.max((int) index + 1, 2 * before));
      Arrays.fill(terms, before, terms.length, Said.UNKNOWN);
    }
    terms[(int) index] = entryTerm;
  }

  void add(Said.Install install) {
    if (install.index() > 0) {
      snapshotIndex = Math.max(snapshotIndex, install.index());
      put(install.index(), install.lastTerm());
    }
  }

  /** The term of the leader's entry at this index; {@link Said#UNKNOWN} if it hasn't told. */
  long termAt(long index) {
    return index > 0 && index < terms.length ? terms[(int) index] : Said.UNKNOWN;
  }

  /** The last entry about which a follower can say that it agrees. */
  long highest() {
    return Math.max(highest, snapshotIndex);
  }

  /** The last entry that can be known to be committed. */
  long verified() {
    return Math.max(verified, snapshotIndex);
  }

  boolean hasAppends() {
    return !recent.isEmpty();
  }

  /** The latest messages, oldest first. */
  Iterable<Offer> recent() {
    return recent;
  }

  /** Whether all messages are among the recent ones. */
  boolean remembersAll() {
    return recent.size() < MOST_RECENT;
  }
}
