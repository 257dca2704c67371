package raftlab.raft;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import raftlab.wire.Id;

/**
 * The last requests that came, so that a datagram that the network delivers twice is executed and
 * answered once.
 */
final class RecentRequests {
  static final int REMEMBERED = 8_192;

  private record Name(Id client, String mid) {}

  private final Set<Name> names = new HashSet<>(); // only looked up, never walked through
  private final ArrayDeque<Name> oldestFirst = new ArrayDeque<>();

  /** Whether this request is new; it isn't any more afterwards. */
  boolean add(Id client, String mid) {
    Name name = new Name(client, mid);
    if (!names.add(name)) {
      return false;
    }
    oldestFirst.add(name);
    if (oldestFirst.size() > REMEMBERED) {
      names.remove(oldestFirst.remove());
    }
    return true;
  }
}
