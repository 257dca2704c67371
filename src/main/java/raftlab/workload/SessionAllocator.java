package raftlab.workload;

import java.util.TreeSet;
import raftlab.wire.Id;

/**
 * The sessions of one client, and the numbers of its operations in them.
 *
 * <p>A session has one operation under way at most, and its numbers ascend: all that a replica has
 * to remember of a session is its last operation (dissertation §6.3). A client that wants several
 * things at once has as many sessions: {@code 0019}, {@code 0019/2}, … So no replica is asked to
 * take numbers out of order. The reference replica would, but among 64 at most: in an open loop
 * that has come to a halt more than that are soon under way, and it would refuse the oldest for
 * ever.
 *
 * <p>The numbers are the client's, from 1, whatever the session: none comes twice, so that client
 * and number name the operation in the trace. A session has gaps in its numbers therefore.
 */
final class SessionAllocator {
  /**
   * Where an operation is in the sessions.
   *
   * @param lane which session of the client's, from 1; 0 for one that was named for it
   * @param session the session's name
   * @param seq the operation's number
   */
  record Place(int lane, String session, long seq) {
    /** A place in a session that isn't one of the client's own. */
    static Place named(String session, long seq) {
      return new Place(0, session, seq);
    }

    /** Whether the session is one of the client's own. */
    boolean isOwn() {
      return lane > 0;
    }
  }

  private final Id client;
  private final TreeSet<Integer> free = new TreeSet<>();
  private int lanes;
  private long last;

  SessionAllocator(Id client) {
    this.client = client;
  }

  /** The place of the client's next operation. */
  Place enter() {
    Integer lane = free.pollFirst();
    if (lane == null) {
      lane = ++lanes;
    }
    return new Place(lane, lane == 1 ? client.toString() : client + "/" + lane, ++last);
  }

  /** The operation at this place is over: another may take its session. */
  void leave(Place place) {
    free.add(place.lane());
  }
}
