package raftlab.raft;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import raftlab.wire.Id;

/**
 * The leader's state about all followers, and what a majority of them has reached.
 *
 * <p>The arrays are indexed by the slots of {@link Peers}. They are rebuilt when the members
 * change.
 */
final class Followers {
  private final Replica replica;
  private @Nullable SendPolicy policy;
  private SentMessages sentMessages = new SentMessages();
  private FollowerProgress[] followers = {};
  private Id[] ids = {};
  private long[] values = {};
  private int version = -1;
  private long leaderSince;

  Followers(Replica replica) {
    this.replica = replica;
  }

  /** This replica has become leader. Figure 2: "Reinitialized after election". */
  void reset(long now, SendPolicy sendPolicy) {
    policy = sendPolicy;
    sentMessages = new SentMessages();
    leaderSince = now;
    ids = new Id[0];
    followers = new FollowerProgress[0];
    version = -1;
    refresh(now);
  }

  /** The members may have changed. The state of those that stay is kept. */
  void refresh(long now) {
    Peers peers = replica.peers;
    if (version == peers.version()) {
      return;
    }
    FollowerProgress[] before = followers;
    Id[] idsBefore = ids;
    followers = new FollowerProgress[peers.count()];
    ids = new Id[followers.length];
    values = new long[followers.length];
    for (int slot = 0; slot < followers.length; slot++) {
      ids[slot] = peers.id(slot);
      for (int i = 0; i < before.length; i++) {
        if (idsBefore[i].equals(ids[slot])) {
          followers[slot] = before[i];
        }
      }
      if (followers[slot] == null) {
        followers[slot] =
            Objects.requireNonNull(policy, "reset() sets it")
                .newFollower(replica.log.lastIndex() + 1, now);
      }
    }
    version = peers.version();
  }

  int count() {
    return followers.length;
  }

  FollowerProgress get(int slot) {
    return followers[slot];
  }

  /** When this replica became leader. */
  long leaderSince() {
    return leaderSince;
  }

  /** The messages that this leader has sent in its term. */
  SentMessages sentMessages() {
    return sentMessages;
  }

  /** Whether this follower was removed and needs no more messages. */
  boolean needsNoMoreMessages(int slot) {
    return !replica.peers.isMember(slot)
        && followers[slot].needsNoMoreMessages(replica.membership.latest().index());
  }

  /** The time in ms since the messages were sent that a majority has answered. */
  long millisSinceQuorum() {
    return replica.peers.otherVotesForMajority() == 0
        ? 0
        : replica.now() - Math.max(leaderSince, answeredByMajoritySentAt());
  }

  /**
   * When the latest messages were sent that a majority has answered; {@link SentMessages#UNKNOWN}
   * if there are none.
   */
  long answeredByMajoritySentAt() {
    for (int slot = 0; slot < values.length; slot++) {
      values[slot] = followers[slot].answeredSentAt;
    }
    return replica.peers.reachedByMajority(values);
  }

  /** Whether a majority has answered messages that were sent after this one. */
  boolean isConfirmed(long round) {
    for (int slot = 0; slot < values.length; slot++) {
      values[slot] = followers[slot].answeredRound;
    }
    return replica.peers.reachedByMajority(values) > round;
  }

  /** The highest N such that "a majority of matchIndex[i] ≥ N" (Figure 2). */
  long matchedByMajority() {
    for (int slot = 0; slot < values.length; slot++) {
      values[slot] = followers[slot].matchIndex;
    }
    return Math.min(replica.peers.reachedByMajority(values), replica.log.lastIndex());
  }

  /** The log must keep the entries after this one, because a follower needs them next. */
  long neededByFollowers() {
    long needed = Long.MAX_VALUE;
    for (FollowerProgress follower : followers) {
      needed = Math.min(needed, follower.snapshotBeingSent());
    }
    return needed;
  }
}
