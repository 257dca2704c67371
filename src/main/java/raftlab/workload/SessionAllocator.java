package raftlab.workload;

import java.util.TreeSet;
import raftlab.wire.Id;

/**
 * Assigns sessions and numbers to the operations of one client.
 *
 * <p>A session has at most one open operation, and its numbers ascend, so a replica need only
 * remember the last operation of each session (dissertation §6.3). A client with several open
 * operations uses several sessions: {@code 0019}, {@code 0019/2}, … So replicas never get numbers
 * out of order. The reference replica accepts that only among the last 64 numbers; an open loop
 * without progress soon has more open operations, and the replica would refuse the oldest forever.
 *
 * <p>Numbers are unique for the client, from 1, so that client and number name the operation in the
 * trace. The numbers of one session have gaps therefore.
 */
final class SessionAllocator {
  /**
   * The session and the number of an operation.
   *
   * @param sessionNumber the client's session, from 1; 0 for a named session
   * @param session the session's name
   * @param seq the operation's number
   */
  record SessionSlot(int sessionNumber, String session, long seq) {
    /** Returns a place in a named session. */
    static SessionSlot named(String session, long seq) {
      return new SessionSlot(0, session, seq);
    }

    /** Whether the session is one of the client's own. */
    boolean isOwn() {
      return sessionNumber > 0;
    }
  }

  private final Id client;
  private final TreeSet<Integer> free = new TreeSet<>();
  private int sessionCount;
  private long lastSeq;

  SessionAllocator(Id client) {
    this.client = client;
  }

  /** Returns the place of the client's next operation. */
  SessionSlot acquire() {
    Integer lane = free.pollFirst();
    if (lane == null) {
      lane = ++sessionCount;
    }
    return new SessionSlot(lane, lane == 1 ? client.toString() : client + "/" + lane, ++lastSeq);
  }

  /** Releases the session of an operation that is over. */
  void release(SessionSlot place) {
    free.add(place.sessionNumber());
  }
}
