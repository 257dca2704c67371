package raftlab.raft;

import raftlab.wire.Id;

/**
 * What the leader knows of all the others, and what majorities of them have reached.
 *
 * <p>In arrays by {@link Peers}' places; when the members change, they are made anew.
 */
final class Followers {
  private final Replica replica;
  private LossEstimate lossEstimate = new LossEstimate();
  private SentMessages sentMessages = new SentMessages();
  private FollowerProgress[] followers = {};
  private Id[] ids = {};
  private long[] values = {};
  private int version = -1;
  private long leaderSince;

  Followers(Replica replica) {
    this.replica = replica;
  }

  /** This replica is leader from now on, and knows nothing of anybody. */
  void reset(long now) {
    lossEstimate = new LossEstimate();
    sentMessages = new SentMessages();
    leaderSince = now;
    ids = new Id[0];
    followers = new FollowerProgress[0];
    version = -1;
    refresh(now);
  }

  /** The members may have changed: whoever stays is known as before. */
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
            new FollowerProgress(replica.settings, lossEstimate, replica.log.lastIndex() + 1, now);
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

  /** The messages that this leader has sent. */
  SentMessages sentMessages() {
    return sentMessages;
  }

  LossEstimate lossEstimate() {
    return lossEstimate;
  }

  /**
   * When this follower must get a message even if it is not chosen for anything; {@link
   * Long#MAX_VALUE} for one that was removed and knows it.
   */
  long dueAt(int slot) {
    boolean needsNoMoreMessages =
        !replica.peers.isMember(slot)
            && followers[slot].needsNoMoreMessages(replica.membership.latest().index());
    return needsNoMoreMessages ? Long.MAX_VALUE : followers[slot].dueAt(leaderSince);
  }

  /**
   * For how many ms no majority has been in touch, counted from when the answered messages were
   * sent.
   */
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

  /** The last entry that a majority has. */
  long matchedByMajority() {
    for (int slot = 0; slot < values.length; slot++) {
      values[slot] = followers[slot].matchIndex;
    }
    return Math.min(replica.peers.reachedByMajority(values), replica.log.lastIndex());
  }

  /** Beyond this entry the log must not be cut, for a follower is about to need what follows. */
  long neededByFollowers() {
    long needed = Long.MAX_VALUE;
    for (FollowerProgress follower : followers) {
      needed = Math.min(needed, follower.snapshotBeingSent());
    }
    return needed;
  }
}
