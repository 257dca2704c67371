package raftlab.raft;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import raftlab.wire.Id;

/**
 * Writes that this replica appended as a leader, and whose clients wait for an answer.
 *
 * <p>They stay here when it is deposed, for their entries may survive all the same: a successor may
 * have them. Their fate is known when an entry is applied at their index. If it has their term it
 * is theirs (log matching, §5.3), else it replaced theirs for good. If a snapshot came instead,
 * nobody can tell.
 */
final class PendingWrites implements CommitState.ApplyListener {
  static final int MAX_PENDING = 10_000;

  private record Place(long index, long term) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      return index != other.index
          ? Long.compare(index, other.index)
          : Long.compare(term, other.term);
    }
  }

  private record Write(Id client, String mid, long since) {}

  private final Replica replica;
  private final ClientReplies replies;
  private final TreeMap<Place, Write> writes = new TreeMap<>();
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
        new Place(index, replica.currentTerm()), new Write(request.client(), request.mid(), now));
  }

  @Override
  public void applied(long index, long term, CommandResult outcome) {
    while (!writes.isEmpty() && writes.firstKey().index() <= index) {
      Map.Entry<Place, Write> first = writes.pollFirstEntry();
      Write write = first.getValue();
      if (first.getKey().term() == term) {
        decided.add(() -> replies.outcome(write.client(), write.mid(), outcome));
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

  /** After any event: answers the writes whose fate is known by now. */
  void sendReplies() {
    if (!decided.isEmpty()) {
      decided.forEach(Runnable::run);
      decided.clear();
    }
  }

  /** Answers {@code fail} to those that have waited too long. */
  void expire(long now) {
    for (Iterator<Write> all = writes.values().iterator(); all.hasNext(); ) {
      Write write = all.next();
      if (now - write.since() >= replica.settings.get(Setting.PENDING_TIME)) {
        all.remove();
        failUnknown(write);
      }
    }
  }

  /** When the oldest will have waited too long; {@link Long#MAX_VALUE} if there is none. */
  long expiresAt() {
    long next = Long.MAX_VALUE;
    for (Write write : writes.values()) {
      next = Math.min(next, write.since() + replica.settings.get(Setting.PENDING_TIME));
    }
    return next;
  }
}
