package raftlab.raft;

import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import raftlab.wire.Id;

/**
 * Writes that this replica appended as a leader, and whose clients wait for an answer.
 *
 * <p>They stay here when it is deposed, for their entries may survive all the same: a successor may
 * have them. Their fate is known when commitIndex has reached their index. If the entry there has
 * their term it is theirs (log matching, §5.3), else it replaced theirs for good.
 */
final class PendingWrites {
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
  private final Answers answers;
  private final TreeMap<Place, Write> writes = new TreeMap<>();

  PendingWrites(Replica replica, Answers answers) {
    this.replica = replica;
    this.answers = answers;
  }

  boolean isFull() {
    return writes.size() >= MAX_PENDING;
  }

  boolean isEmpty() {
    return writes.isEmpty();
  }

  /** The write was appended at this index, in the current term. */
  void add(Request.Put request, long index, long now) {
    writes.put(
        new Place(index, replica.currentTerm()), new Write(request.client(), request.mid(), now));
  }

  /** After any event: answers the writes whose fate is known by now. */
  void settle() {
    while (!writes.isEmpty() && writes.firstKey().index() <= replica.commits.commitIndex()) {
      Map.Entry<Place, Write> first = writes.pollFirstEntry();
      Place place = first.getKey();
      Write write = first.getValue();
      if (replica.log.term(place.index()) == place.term()) {
        answers.done(write.client(), write.mid());
      } else {
        answers.redirect(write.client(), write.mid(), replica.roles.leader());
      }
    }
  }

  /** Answers {@code fail} to those that have waited too long. */
  void expire(long now) {
    for (Iterator<Write> all = writes.values().iterator(); all.hasNext(); ) {
      Write write = all.next();
      if (now - write.since() >= replica.settings.pendingMillis()) {
        all.remove();
        answers.fail(write.client(), write.mid());
      }
    }
  }

  /** When the oldest will have waited too long; {@link Long#MAX_VALUE} if there is none. */
  long expiresAt() {
    long next = Long.MAX_VALUE;
    for (Write write : writes.values()) {
      next = Math.min(next, write.since() + replica.settings.pendingMillis());
    }
    return next;
  }
}
