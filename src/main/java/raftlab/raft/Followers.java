package raftlab.raft;

import raftlab.wire.Id;

/**
 * What the leader knows of all the others, and what majorities of them have reached.
 *
 * <p>In arrays by {@link Peers}' places; when the members change, they are made anew.
 */
final class Followers {
  private final Replica replica;
  private LossEstimate lossRate = new LossEstimate();
  private SentMessages rounds = new SentMessages();
  private FollowerProgress[] followers = {};
  private Id[] ids = {};
  private long[] values = {};
  private int version = -1;
  private long leaderSince;

  Followers(Replica replica) {
    this.replica = replica;
  }

  /** This replica is leader from now on, and knows nothing of anybody. */
  void begin(long now) {
    lossRate = new LossEstimate();
    rounds = new SentMessages();
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
    for (int place = 0; place < followers.length; place++) {
      ids[place] = peers.id(place);
      for (int i = 0; i < before.length; i++) {
        if (idsBefore[i].equals(ids[place])) {
          followers[place] = before[i];
        }
      }
      if (followers[place] == null) {
        followers[place] =
            new FollowerProgress(replica.settings, lossRate, replica.log.lastIndex() + 1, now);
      }
    }
    version = peers.version();
  }

  int count() {
    return followers.length;
  }

  FollowerProgress get(int place) {
    return followers[place];
  }

  /** The messages that this leader has sent. */
  SentMessages rounds() {
    return rounds;
  }

  LossEstimate lossRate() {
    return lossRate;
  }

  /**
   * When this follower must get a message even if it is not chosen for anything; {@link
   * Long#MAX_VALUE} for one that was removed and knows it.
   */
  long dueAt(int place) {
    boolean hasLeft =
        !replica.peers.isMember(place)
            && followers[place].hasLeft(replica.members.latest().index());
    return hasLeft ? Long.MAX_VALUE : followers[place].dueAt(leaderSince);
  }

  /**
   * For how many ms no majority has been in touch, counted from when the answered messages were
   * sent.
   */
  long contactAge() {
    return replica.peers.othersForMajority() == 0
        ? 0
        : replica.now() - Math.max(leaderSince, answeredByMajoritySentAt());
  }

  /**
   * When the latest messages were sent that a majority has answered; {@link SentMessages#UNKNOWN}
   * if there are none.
   */
  long answeredByMajoritySentAt() {
    for (int place = 0; place < values.length; place++) {
      values[place] = followers[place].answeredSentAt;
    }
    return replica.peers.reachedByMajority(values);
  }

  /** Whether a majority has answered messages that were sent after this one. */
  boolean isConfirmed(long round) {
    for (int place = 0; place < values.length; place++) {
      values[place] = followers[place].answeredRound;
    }
    return replica.peers.reachedByMajority(values) > round;
  }

  /** The last entry that a majority has. */
  long matchedByMajority() {
    for (int place = 0; place < values.length; place++) {
      values[place] = followers[place].matchIndex;
    }
    return Math.min(replica.peers.reachedByMajority(values), replica.log.lastIndex());
  }

  /** Beyond this entry the log must not be cut, for a follower is about to need what follows. */
  long stillNeeded() {
    long needed = Long.MAX_VALUE;
    for (FollowerProgress follower : followers) {
      needed = Math.min(needed, follower.soonToHave());
    }
    return needed;
  }
}
