package raftlab.judge.wire;

import java.util.Arrays;
import raftlab.trace.ReplicaIndex;
import raftlab.wire.Id;

/**
 * Tracks the leader that each replica names, and the one that a majority of the initial members
 * names.
 */
final class PerceivedLeader {
  private final ReplicaIndex replicaIndex;
  private Id[] namedLeaders;
  private int majorityLeader = ReplicaIndex.NONE;
  private long majorityLeaderSince;

  PerceivedLeader(ReplicaIndex replicaIndex) {
    this.replicaIndex = replicaIndex;
    this.namedLeaders = new Id[replicaIndex.size()];
  }

  void replicaAdded() {
    namedLeaders = Arrays.copyOf(namedLeaders, replicaIndex.size());
  }

  /** Notes the leader in a replica's message; returns whether it named another before. */
  boolean leaderNamed(int replica, Id leader, long micros) {
    Id before = namedLeaders[replica];
    if (before == leader || leader.equals(before)) {
      return false;
    }
    namedLeaders[replica] = leader;
    recount(micros);
    return true;
  }

  /** Notes that a replica crashed. */
  void crashed(int replica, long micros) {
    namedLeaders[replica] = null;
    recount(micros);
  }

  private void recount(long micros) {
    int now = ReplicaIndex.NONE;
    for (int candidate = 0; candidate < namedLeaders.length; candidate++) {
      int votes = 0;
      for (int voter = 0; voter < replicaIndex.initialMemberCount(); voter++) {
        votes += replicaIndex.id(candidate).equals(namedLeaders[voter]) ? 1 : 0;
      }
      if (2 * votes > replicaIndex.initialMemberCount() && claimsLeadership(candidate)) {
        now = candidate;
      }
    }
    if (now != majorityLeader) {
      majorityLeader = now;
      majorityLeaderSince = micros;
    }
  }

  /** Whether its latest message names itself. */
  boolean claimsLeadership(int replica) {
    return replicaIndex.id(replica).equals(namedLeaders[replica]);
  }

  /**
   * Returns the replica that claims to lead and is named by a majority; {@link ReplicaIndex#NONE}
   * for none.
   */
  int majorityLeader() {
    return majorityLeader;
  }

  /** Returns since when, in microseconds. */
  long majorityLeaderSince() {
    return majorityLeaderSince;
  }
}
