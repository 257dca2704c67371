package raftlab.judge.live;

import raftlab.trace.Event;
import raftlab.trace.ReplicaIndex;
import raftlab.wire.Id;

/**
 * A part of a stable period in which a majority names the same leader all the time, the leader
 * names itself only, and no other replica claims to lead.
 */
final class LeaderTenure {
  private final ReplicaIndex places;
  private StablePeriod calm;
  private int leader = ReplicaIndex.NOBODY;
  private Event.LeaderKnown known;
  private long sinceMicros;
  private int number;

  /** The same for what the majority names alone. */
  private long knownSinceMicros;

  private int knownNumber;

  LeaderTenure(ReplicaIndex places) {
    this.places = places;
  }

  /** Starts another stable period; null if one ends. */
  void began(StablePeriod next) {
    calm = next;
    renewKnown(next == null ? 0 : next.fromMicros);
  }

  /** Notes a change of the leader that messages name. */
  void known(Event.LeaderKnown event) {
    known = event;
    leader = event.leader().isBroadcast() ? ReplicaIndex.NOBODY : places.of(event.leader());
    renewKnown(event.atMicros());
  }

  private void renewKnown(long micros) {
    renew(micros);
    knownNumber++;
    knownSinceMicros = sinceMicros;
  }

  /** Notes a replica's message that names a leader. */
  void heard(int from, Event.Sent sent) {
    boolean claims = sent.from().equals(sent.message().leader());
    if (claims != (from == leader)) {
      renew(sent.atMicros());
    }
  }

  private void renew(long micros) {
    number++;
    sinceMicros = calm == null ? micros : Math.max(micros, calm.fromMicros);
  }

  /** Returns the number of the tenure; a new tenure has a new number. */
  int number() {
    return number;
  }

  /** Whether a member of the stable period has led for this long. */
  boolean isOld(long nowMicros, long micros) {
    return calm != null && calm.has(leader) && nowMicros - sinceMicros >= micros;
  }

  /** Like {@link #number}, but ignores claims of the leader and of others. */
  int knownNumber() {
    return knownNumber;
  }

  /** Whether a majority has named the same member of the stable period for this long. */
  boolean isLongKnown(long nowMicros, long micros) {
    return calm != null && calm.has(leader) && nowMicros - knownSinceMicros >= micros;
  }

  /** Returns the leader's index; {@link ReplicaIndex#NOBODY} for none. */
  int leader() {
    return leader;
  }

  /** Returns the leader; {@link Id#BROADCAST} for none. */
  Id leaderId() {
    return known == null ? Id.BROADCAST : known.leader();
  }

  /** Returns the event that made the leader known; null for none. */
  Event.LeaderKnown event() {
    return known;
  }
}
