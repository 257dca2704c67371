package raftlab.explain.view;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import raftlab.dialect.RaftMessageView;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** The AppendEntries of the leader of one term that were delivered to one follower. */
public final class LeaderAppends {
  /** Only the latest messages are kept one by one. */
  private static final int MAX_RECENT = 256;

  private static final int MAX_ENTRIES = 1 << 20;

  /** An AppendEntries message and its delivery. */
  public record DeliveredAppend(RaftMessageView.Append append, Event.Delivered event) {}

  private final long term;
  private final Id leader;
  private final Deque<DeliveredAppend> recent = new ArrayDeque<>();
  private long[] terms = new long[64];
  private long highest;
  private long snapshotIndex;
  private long verified;

  LeaderAppends(long term, Id leader) {
    this.term = term;
    this.leader = leader;
    Arrays.fill(terms, RaftMessageView.UNKNOWN);
  }

  /** The leader's term. */
  public long term() {
    return term;
  }

  /** The first replica that sent AppendEntries or a snapshot in this term. */
  public Id leader() {
    return leader;
  }

  void add(RaftMessageView.Append append, Event.Delivered event) {
    if (append.prevIndex() == RaftMessageView.UNKNOWN) {
      verified = Math.max(verified, append.commit()); // it may have them all
      return;
    } else if (append.end() > MAX_ENTRIES) {
      return;
    }
    recent.addLast(new DeliveredAppend(append, event));
    if (recent.size() > MAX_RECENT) {
      recent.removeFirst();
    }
    put(append.prevIndex(), append.prevTerm());
    for (int i = 0; i < append.terms().size(); i++) {
      put(append.prevIndex() + 1 + i, append.terms().get(i));
    }
    highest = Math.max(highest, append.end());
    if (append.commit() != RaftMessageView.UNKNOWN) {
      verified = Math.max(verified, Math.min(append.commit(), append.end()));
    }
  }

  private void put(long index, long entryTerm) {
    if (index < 1 || index > MAX_ENTRIES || entryTerm == RaftMessageView.UNKNOWN) {
      return;
    }
    if (index >= terms.length) {
      int before = terms.length;
      terms = Arrays.copyOf(terms, Math.max((int) index + 1, 2 * before));
      Arrays.fill(terms, before, terms.length, RaftMessageView.UNKNOWN);
    }
    terms[(int) index] = entryTerm;
  }

  void add(RaftMessageView.Install install) {
    if (install.index() > 0) {
      snapshotIndex = Math.max(snapshotIndex, install.index());
      put(install.index(), install.lastTerm());
    }
  }

  /**
   * The term of the leader's entry at this index; {@link RaftMessageView#UNKNOWN} if it isn't
   * known.
   */
  public long termAt(long index) {
    return index > 0 && index < terms.length ? terms[(int) index] : RaftMessageView.UNKNOWN;
  }

  /** The last entry that the follower can acknowledge. */
  public long highest() {
    return Math.max(highest, snapshotIndex);
  }

  /** The last entry that the follower can commit. */
  public long verified() {
    return Math.max(verified, snapshotIndex);
  }

  /** The latest message; null if there is none. */
  public @Nullable DeliveredAppend latest() {
    return recent.peekLast();
  }

  /** Whether an AppendEntries was delivered, and not only snapshots. */
  public boolean hasAppends() {
    return !recent.isEmpty();
  }

  /** The latest messages, oldest first. */
  public Iterable<DeliveredAppend> recent() {
    return recent;
  }
}
