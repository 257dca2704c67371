package raftlab.raft;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import raftlab.wire.Id;

/**
 * The latest requests, so that a datagram that the network delivers twice is executed and answered
 * once.
 */
final class RecentRequests {
  static final int CAPACITY = 8_192;

  private record Name(Id client, String mid) {}

  private final Set<Name> names = new HashSet<>(); // never iterated
  private final ArrayDeque<Name> oldestFirst = new ArrayDeque<>();

  /** Adds a request. Returns whether it is new. */
  boolean add(Id client, String mid) {
    Name name = new Name(client, mid);
    if (!names.add(name)) {
      return false;
    }
    oldestFirst.add(name);
    if (oldestFirst.size() > CAPACITY) {
      names.remove(oldestFirst.remove());
    }
    return true;
  }
}
