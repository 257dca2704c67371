package raftlab.judge.live;

import org.jspecify.annotations.Nullable;
import raftlab.trace.Event;
import raftlab.trace.ReplicaIndex;
import raftlab.wire.Id;

/**
 * A part of a stable period in which a majority names the same leader all the time, the leader
 * names itself only, and no other replica claims to lead.
 */
final class LeaderTenure {
  private final ReplicaIndex replicaIndex;
  private @Nullable StablePeriod stablePeriod;
  private int leader = ReplicaIndex.NONE;
  private Event.@Nullable LeaderKnown leaderKnown;
  private long sinceMicros;
  private int number;

  /** The same for what the majority names alone. */
  private long knownSinceMicros;

  private int knownNumber;

  LeaderTenure(ReplicaIndex replicaIndex) {
    this.replicaIndex = replicaIndex;
  }

  /** Starts another stable period; null if one ends. */
  void setStablePeriod(@Nullable StablePeriod next) {
    stablePeriod = next;
    renewKnown(next == null ? 0 : next.fromMicros);
  }

  /** Notes a change of the leader that messages name. */
  void leaderKnown(Event.LeaderKnown event) {
    leaderKnown = event;
    leader =
        event.leader().isBroadcast() ? ReplicaIndex.NONE : replicaIndex.indexOf(event.leader());
    renewKnown(event.atMicros());
  }

  private void renewKnown(long micros) {
    renew(micros);
    knownNumber++;
    knownSinceMicros = sinceMicros;
  }

  /** Notes a replica's message that names a leader. */
  void leaderNamed(int from, Event.Sent sent) {
    boolean claims = sent.from().equals(sent.message().leader());
    if (claims != (from == leader)) {
      renew(sent.atMicros());
    }
  }

  private void renew(long micros) {
    number++;
    sinceMicros = stablePeriod == null ? micros : Math.max(micros, stablePeriod.fromMicros);
  }

  /** Returns the number of the tenure; a new tenure has a new number. */
  int number() {
    return number;
  }

  /** Whether a member of the stable period has led for this long. */
  boolean hasLasted(long nowMicros, long micros) {
    return stablePeriod != null
        && stablePeriod.contains(leader)
        && nowMicros - sinceMicros >= micros;
  }

  /** Like {@link #number}, but ignores claims of the leader and of others. */
  int knownNumber() {
    return knownNumber;
  }

  /** Whether a majority has named the same member of the stable period for this long. */
  boolean isKnownFor(long nowMicros, long micros) {
    return stablePeriod != null
        && stablePeriod.contains(leader)
        && nowMicros - knownSinceMicros >= micros;
  }

  /** Returns the leader's index; {@link ReplicaIndex#NONE} for none. */
  int leader() {
    return leader;
  }

  /** Returns the leader; {@link Id#BROADCAST} for none. */
  Id leaderId() {
    return leaderKnown == null ? Id.BROADCAST : leaderKnown.leader();
  }

  /** Returns the event that made the leader known; null for none. */
  Event.@Nullable LeaderKnown event() {
    return leaderKnown;
  }
}
