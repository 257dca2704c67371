package raftlab.raft;

/**
 * Sends new entries at once only to as many followers as a majority needs; an optimisation that
 * Figure 2 doesn't have.
 *
 * <p><b>In turn.</b> Of the followers that answer well those are chosen that have waited longest
 * for a message. So consecutive entries go to different followers; each message carries all that
 * its follower lacks, so no follower lags. With five replicas a write costs two messages and two
 * replies.
 *
 * <p><b>Losses.</b> A message that isn't answered in time counts as lost, and its follower as
 * unresponsive until it answers again. Another follower is chosen instead. If there is no other,
 * the message is repeated, at growing intervals up to that of heartbeats. One loss is ignored with
 * the next entry. While many messages are lost ({@link LossEstimate}) all responsive followers are
 * sent to, because then waiting costs more than messages.
 */
final class MajorityFirstPolicy implements SendPolicy {
  private static final int NO_SLOT = -1;

  private final Replica replica;
  private final Leader leader;
  private final Followers followers;
  private LossEstimate lossEstimate = new LossEstimate();
  private boolean needsReplies;

  /** The last message that was sent while no reply was needed. */
  private long lastIdleRound;

  MajorityFirstPolicy(Replica replica, Leader leader) {
    this.replica = replica;
    this.leader = leader;
    followers = leader.followers();
  }

  @Override
  public void reset() {
    lossEstimate = new LossEstimate();
    lastIdleRound = -1;
  }

  @Override
  public FollowerProgress newFollower(long nextIndex, long now) {
    return new PipelinedProgress(replica.settings, lossEstimate, nextIndex, now);
  }

  @Override
  public void sendDue(long now) {
    for (int slot = 0; slot < followers.count(); slot++) {
      if (now >= heartbeatDueAt(slot)) {
        leader.replicateTo(slot, now);
      }
    }
    needsReplies = leader.needsReplies();
    if (needsReplies) {
      for (int next = next(now); next != NO_SLOT; next = next(now)) {
        leader.replicateTo(next, now);
      }
    } else {
      lastIdleRound = followers.sentMessages().last();
    }
  }

  @Override
  public long nextDueAt(long now) {
    long next = Long.MAX_VALUE;
    for (int slot = 0; slot < followers.count(); slot++) {
      FollowerProgress follower = followers.get(slot);
      next = Math.min(next, heartbeatDueAt(slot));
      if (needsReplies && follower.isWaiting() && follower.overdueAt() > now) {
        next = Math.min(next, follower.overdueAt());
      }
    }
    return next;
  }

  /**
   * When this follower must get a message even if it is not chosen. A lost message that no entry
   * and no read depends on is repeated only when the follower's election timeout comes near. Parts
   * of a snapshot follow each other at once.
   */
  private long heartbeatDueAt(int slot) {
    FollowerProgress follower = followers.get(slot);
    if (followers.needsNoMoreMessages(slot)) {
      return Long.MAX_VALUE;
    }
    if (follower.isReceivingSnapshot()) {
      return follower.isWaiting() ? follower.overdueAt() : follower.lastSentAt;
    }
    int heartbeat = replica.settings.get(Setting.HEARTBEAT);
    if (!follower.isWaiting()) {
      return follower.lastSentAt + heartbeat;
    }
    long timerStartedAt = Math.max(followers.leaderSince(), follower.answeredSentAt);
    return Math.max(follower.overdueAt(), timerStartedAt + heartbeat);
  }

  /** The follower to send to next; {@link #NO_SLOT} if enough are sent to, or none is left. */
  private int next(long now) {
    boolean all = !replica.settings.is(Setting.MAJORITY_FIRST) || lossEstimate.isHigh();
    int asked = 0;
    int members = 0;
    for (int slot = 0; slot < followers.count(); slot++) {
      if (counts(slot, all)) {
        members++;
        asked += isAsked(followers.get(slot), now) ? 1 : 0;
      }
    }
    int enough = all ? members : replica.peers.otherVotesForMajority();
    return asked < enough ? longestWaiting(now, all) : NO_SLOT;
  }

  private boolean counts(int slot, boolean all) {
    return all ? replica.peers.isMember(slot) : replica.peers.isVoter(slot);
  }

  /** Whether this follower has, or may be about to get, all that needs replies. */
  private boolean isAsked(FollowerProgress follower, long now) {
    return follower.nextToSend() > replica.log.lastIndex()
        && follower.lastSentRound > leader.confirmAfter()
        && !follower.isOverdue(now);
  }

  /**
   * Of the responsive followers that haven't been sent to, or else of those whose message was lost,
   * the one that has waited longest. A follower that receives a snapshot can't reply to entries.
   */
  private int longestWaiting(long now, boolean all) {
    int found = NO_SLOT;
    for (int slot = 0; slot < followers.count(); slot++) {
      FollowerProgress follower = followers.get(slot);
      boolean canTake = isResponsive(follower, now) && follower.hasRoom();
      if (isAsked(follower, now)
          || !(canTake || follower.isOverdue(now))
          || follower.isReceivingSnapshot()
          || !counts(slot, all)) {
        continue;
      }
      if (found == NO_SLOT || isBetter(follower, followers.get(found), now)) {
        found = slot;
      }
    }
    return found;
  }

  /**
   * Whether the follower is expected to answer. One loss of a message that was sent before replies
   * were needed doesn't count.
   */
  private boolean isResponsive(FollowerProgress follower, long now) {
    return follower.attempts == 0
        && (!follower.isOverdue(now) || follower.lastSentRound <= lastIdleRound);
  }

  private boolean isBetter(FollowerProgress a, FollowerProgress b, long now) {
    boolean isResponsive = isResponsive(a, now);
    return isResponsive == isResponsive(b, now) ? a.lastSentRound < b.lastSentRound : isResponsive;
  }
}
