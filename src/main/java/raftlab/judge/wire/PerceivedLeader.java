package raftlab.judge.wire;

import java.util.Arrays;
import raftlab.trace.ReplicaIndex;
import raftlab.wire.Id;

/**
 * Tracks the leader that each replica names, and the one that a majority of the initial members
 * names.
 */
final class PerceivedLeader {
  private final ReplicaIndex places;
  private Id[] named;
  private int favourite = ReplicaIndex.NOBODY;
  private long favouriteSince;

  PerceivedLeader(ReplicaIndex places) {
    this.places = places;
    this.named = new Id[places.count()];
  }

  void grow() {
    named = Arrays.copyOf(named, places.count());
  }

  /** Notes the leader in a replica's message; returns whether it named another before. */
  boolean heard(int replica, Id leader, long micros) {
    Id before = named[replica];
    if (before == leader || leader.equals(before)) {
      return false;
    }
    named[replica] = leader;
    recount(micros);
    return true;
  }

  /** Notes that a replica crashed. */
  void died(int replica, long micros) {
    named[replica] = null;
    recount(micros);
  }

  private void recount(long micros) {
    int now = ReplicaIndex.NOBODY;
    for (int candidate = 0; candidate < named.length; candidate++) {
      int votes = 0;
      for (int voter = 0; voter < places.members(); voter++) {
        votes += places.id(candidate).equals(named[voter]) ? 1 : 0;
      }
      if (2 * votes > places.members() && claims(candidate)) {
        now = candidate;
      }
    }
    if (now != favourite) {
      favourite = now;
      favouriteSince = micros;
    }
  }

  /** Whether its latest message names itself. */
  boolean claims(int replica) {
    return places.id(replica).equals(named[replica]);
  }

  /**
   * Returns the replica that claims to lead and is named by a majority; {@link ReplicaIndex#NOBODY}
   * for none.
   */
  int favourite() {
    return favourite;
  }

  /** Returns since when, in microseconds. */
  long favouriteSince() {
    return favouriteSince;
  }
}
