package raftlab.raft;

/**
 * Whom the leader asks when something is wanted: that entries be committed, or that it be confirmed
 * as leader.
 *
 * <p><b>Majority first.</b> Only as many followers are asked at once as a majority needs: of those
 * that answer well, the ones that have waited longest for a message. Consecutive entries thus go
 * round; each message carries all that its follower lacks, so nobody lags. With five replicas a
 * write costs two messages and two answers.
 *
 * <p><b>Losses.</b> A message that isn't answered in time counts as lost, and its follower as
 * unresponsive until it answers again. Another follower is asked in its place; only when there is
 * no other, it is sent to again, at growing intervals up to that of heartbeats. One loss is
 * forgiven with the next entry. When many messages are lost, all responsive followers are asked at
 * once; then waiting costs more than messages.
 */
final class Asking {
  static final int NOBODY = -1;

  private static final long NOTHING = -1;

  private final Replica replica;
  private final Followers followers;
  private long confirmAfter = NOTHING;

  /** The last message that was sent while nothing was wanted. */
  private long wantedAfter = NOTHING;

  Asking(Replica replica, Followers followers) {
    this.replica = replica;
    this.followers = followers;
  }

  /** This replica is leader from now on. */
  void reset() {
    confirmAfter = NOTHING;
    wantedAfter = NOTHING;
  }

  /** Messages that are sent after this one shall be answered by a majority. */
  void confirmAfter(long round) {
    confirmAfter = round;
  }

  /** Nothing needs to be confirmed any more. */
  void confirmNothing() {
    confirmAfter = NOTHING;
  }

  /** Whether entries wait to be committed, or somebody for a confirmation. */
  boolean isWanted() {
    boolean isWanted =
        replica.commitState.commitIndex() < replica.log.lastIndex()
            || (confirmAfter != NOTHING && !followers.isConfirmed(confirmAfter));
    if (!isWanted) {
      wantedAfter = followers.sentMessages().last();
    }
    return isWanted;
  }

  /** Whom to ask next; {@link #NOBODY} if enough are asked, or nobody is left to ask. */
  int next(long now) {
    boolean all = !replica.settings.is(Setting.MAJORITY_FIRST) || followers.lossEstimate().isHigh();
    int asked = 0;
    int members = 0;
    for (int slot = 0; slot < followers.count(); slot++) {
      if (counts(slot, all)) {
        members++;
        asked += isAsked(followers.get(slot), now) ? 1 : 0;
      }
    }
    int enough = all ? members : replica.peers.otherVotesForMajority();
    return asked < enough ? nextToAsk(now, all) : NOBODY;
  }

  private boolean counts(int slot, boolean all) {
    return all ? replica.peers.isMember(slot) : replica.peers.isVoter(slot);
  }

  /** Whether this follower has, or may be about to get, all that is wanted. */
  private boolean isAsked(FollowerProgress follower, long now) {
    return follower.nextIndex > replica.log.lastIndex()
        && follower.lastSentRound > confirmAfter
        && !follower.isOverdue(now);
  }

  /**
   * Of the responsive followers that haven't been asked, or else of those whose message was lost,
   * the one that has waited longest. One that gets a snapshot is of no use yet.
   */
  private int nextToAsk(long now, boolean all) {
    int found = NOBODY;
    for (int slot = 0; slot < followers.count(); slot++) {
      FollowerProgress follower = followers.get(slot);
      boolean isResponsive = follower.isResponsive(now, wantedAfter) && follower.hasRoom();
      if (isAsked(follower, now)
          || !(isResponsive || follower.isOverdue(now))
          || follower.isReceivingSnapshot()
          || !counts(slot, all)) {
        continue;
      }
      if (found == NOBODY || isBetter(follower, followers.get(found), now)) {
        found = slot;
      }
    }
    return found;
  }

  private boolean isBetter(FollowerProgress a, FollowerProgress b, long now) {
    boolean isResponsive = a.isResponsive(now, wantedAfter);
    return isResponsive == b.isResponsive(now, wantedAfter)
        ? a.lastSentRound < b.lastSentRound
        : isResponsive;
  }
}
