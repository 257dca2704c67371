package raftlab.raft;

/**
 * Sending as in Figure 2, without any optimisation: every follower is sent what it lacks at once,
 * one message at a time, which is repeated until it is answered.
 */
final class SendToAllPolicy implements SendPolicy {
  private final Replica replica;
  private final Leader leader;

  SendToAllPolicy(Replica replica, Leader leader) {
    this.replica = replica;
    this.leader = leader;
  }

  @Override
  public void reset() {}

  @Override
  public FollowerProgress newFollower(long nextIndex, long now) {
    return new FollowerProgress(replica.settings, nextIndex, now);
  }

  @Override
  public void sendDue(long now) {
    for (int slot = 0; slot < leader.followers().count(); slot++) {
      if (now >= dueAt(slot, now)) {
        leader.replicateTo(slot, now);
      }
    }
  }

  private long dueAt(int slot, long now) {
    FollowerProgress follower = leader.followers().get(slot);
    if (leader.followers().needsNoMoreMessages(slot)) {
      return Long.MAX_VALUE;
    } else if (follower.isWaiting()) {
      return follower.overdueAt();
    }
    // Figure 2, Leaders 3: "If last log index ≥ nextIndex for a follower: send AppendEntries RPC
    // with log entries starting at nextIndex"
    boolean hasMore =
        follower.nextIndex <= replica.log.lastIndex()
            || follower.lastSentRound <= leader.confirmAfter();
    // Figure 2, Leaders 1: "Upon election: send initial empty AppendEntries RPCs (heartbeat) to
    // each server; repeat during idle periods to prevent election timeouts"
    return hasMore ? now : follower.lastSentAt + replica.settings.get(Setting.HEARTBEAT);
  }

  @Override
  public long nextDueAt(long now) {
    long next = Long.MAX_VALUE;
    for (int slot = 0; slot < leader.followers().count(); slot++) {
      next = Math.min(next, dueAt(slot, now));
    }
    return next;
  }
}
