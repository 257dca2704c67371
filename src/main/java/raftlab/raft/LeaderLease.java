package raftlab.raft;

/**
 * How recently a majority has answered the leader, and what follows from it: CheckQuorum
 * (dissertation §6.2) and the lease for reads (dissertation §6.4.1). All times count from when the
 * answered messages were sent.
 */
final class LeaderLease {
  private final Replica replica;
  private final Followers followers;
  private boolean isGivenUp;

  LeaderLease(Replica replica, Followers followers) {
    this.replica = replica;
    this.followers = followers;
  }

  /** This replica has become leader. */
  void reset() {
    isGivenUp = false;
  }

  /**
   * Whether this replica is certainly still the only leader (dissertation §6.4.1): a majority has
   * answered so recently that none of these servers may have voted for another candidate since. The
   * clock is read again, because the process may have been paused since the event began.
   */
  boolean isValid() {
    if (replica.peers.otherVotesForMajority() == 0) {
      return true;
    }
    if (!replica.settings.is(Setting.LEASE) || isGivenUp) {
      return false;
    }
    long sentAt = followers.answeredByMajoritySentAt();
    return sentAt != SentMessages.UNKNOWN
        && replica.now() - sentAt < replica.settings.get(Setting.LEASE_TIME);
  }

  /**
   * The leader has sent TimeoutNow: voters may vote for its successor although they have a leader
   * (dissertation §3.10), so it has no lease any more in this term.
   */
  void giveUp() {
    isGivenUp = true;
  }

  /** Whether a majority has answered recently, so that a new entry is likely to be committed. */
  boolean hasRecentQuorum() {
    return followers.millisSinceQuorum() < replica.settings.get(Setting.LEASE_TIME);
  }

  /**
   * Whether a majority has answered within the minimum election timeout, so that this leader
   * refuses votes as its followers do (dissertation §4.2.3).
   */
  boolean refusesVotes() {
    return followers.millisSinceQuorum() < replica.settings.get(Setting.ELECTION_TIMEOUT_MIN);
  }

  /**
   * After any event, CheckQuorum (dissertation §6.2): "a leader steps down if an election timeout
   * elapses without a successful round of heartbeats to a majority of its cluster".
   */
  void checkQuorum() {
    if (replica.roles.isLeader()
        && replica.settings.is(Setting.CHECK_QUORUM)
        && followers.millisSinceQuorum() >= replica.settings.get(Setting.ELECTION_TIMEOUT_MAX)) {
      replica.roles.stepDown();
    }
  }
}
