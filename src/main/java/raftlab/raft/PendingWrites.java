package raftlab.raft;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import raftlab.wire.Id;

/**
 * Writes that this replica appended as leader, and whose clients wait for a reply.
 *
 * <p>They stay here when the leader is deposed, because a successor may have their entries and
 * commit them. A write is decided when an entry is applied at its index. If that entry has the
 * write's term it is the same (Log Matching, §5.3). Otherwise it has replaced the write's entry for
 * good. If a snapshot has replaced the entry, the result stays unknown.
 */
final class PendingWrites implements CommitState.ApplyListener {
  static final int MAX_PENDING = 10_000;

  private record IndexAndTerm(long index, long term) implements Comparable<IndexAndTerm> {
    @Override
    public int compareTo(IndexAndTerm other) {
      return index != other.index
          ? Long.compare(index, other.index)
          : Long.compare(term, other.term);
    }
  }

  private record Write(Id client, String mid, long since) {}

  private final Replica replica;
  private final ClientReplies replies;
  private final TreeMap<IndexAndTerm, Write> writes = new TreeMap<>();
  private final List<Runnable> decided = new ArrayList<>();

  PendingWrites(Replica replica, ClientReplies replies) {
    this.replica = replica;
    this.replies = replies;
  }

  boolean isFull() {
    return writes.size() >= MAX_PENDING;
  }

  boolean isEmpty() {
    return writes.isEmpty();
  }

  /** The write was appended at this index, in the current term. */
  void add(ClientRequest.Write request, long index, long now) {
    writes.put(
        new IndexAndTerm(index, replica.currentTerm()),
        new Write(request.client(), request.mid(), now));
  }

  @Override
  public void applied(long index, long term, CommandResult result) {
    while (!writes.isEmpty() && writes.firstKey().index() <= index) {
      Map.Entry<IndexAndTerm, Write> first = writes.pollFirstEntry();
      Write write = first.getValue();
      if (first.getKey().term() == term) {
        // Figure 2, Leaders 2: "If command received from client: append entry to local log,
        // respond after entry applied to state machine"
        decided.add(() -> replies.result(write.client(), write.mid(), result));
      } else {
        decided.add(() -> replies.redirect(write.client(), write.mid(), replica.roles.leader()));
      }
    }
  }

  @Override
  public void replacedBySnapshot(long index) {
    while (!writes.isEmpty() && writes.firstKey().index() <= index) {
      Write write = writes.pollFirstEntry().getValue();
      decided.add(() -> failUnknown(write));
    }
  }

  private void failUnknown(Write write) {
    replies.fail(write.client(), write.mid(), "it is not known whether the write survived");
  }

  /** After any event: replies to the writes that have been decided. */
  void sendReplies() {
    if (!decided.isEmpty()) {
      decided.forEach(Runnable::run);
      decided.clear();
    }
  }

  /** Replies {@code fail} to the writes that have waited too long. */
  void expire(long now) {
    for (Iterator<Write> all = writes.values().iterator(); all.hasNext(); ) {
      Write write = all.next();
      if (now - write.since() >= replica.settings.get(Setting.PENDING_TIME)) {
        all.remove();
        failUnknown(write);
      }
    }
  }

  /** When the oldest write has waited too long; {@link Long#MAX_VALUE} if there is none. */
  long expiresAt() {
    long next = Long.MAX_VALUE;
    for (Write write : writes.values()) {
      next = Math.min(next, write.since() + replica.settings.get(Setting.PENDING_TIME));
    }
    return next;
  }
}
