package raftlab.judge.live;

import raftlab.trace.Event;
import raftlab.trace.ReplicaIndex;
import raftlab.wire.Id;

/**
 * A stretch within a calm in which a majority names the same leader all the time, the leader names
 * nobody else, and nobody else claims to lead.
 */
final class LeaderTenure {
  private final ReplicaIndex places;
  private StablePeriod calm;
  private int leader = ReplicaIndex.NOBODY;
  private Event.LeaderKnown known;
  private long sinceMicros;
  private int number;

  /** The same of what the majority says alone. */
  private long knownSinceMicros;

  private int knownNumber;

  LeaderTenure(ReplicaIndex places) {
    this.places = places;
  }

  /** Another calm begins; null if one ends. */
  void began(StablePeriod next) {
    calm = next;
    renewKnown(next == null ? 0 : next.fromMicros);
  }

  /** Messages name another leader than before. */
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

  /** A replica names somebody as the leader, in a message of its. */
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

  /** Counts the reigns: another number, another reign. */
  int number() {
    return number;
  }

  /** Whether somebody who is in the calm has reigned for so long. */
  boolean isOld(long nowMicros, long micros) {
    return calm != null && calm.has(leader) && nowMicros - sinceMicros >= micros;
  }

  /** As {@link #number}, but whatever the leader itself and others claim. */
  int knownNumber() {
    return knownNumber;
  }

  /** Whether a majority has named the same leader, who is in the calm, for so long. */
  boolean isLongKnown(long nowMicros, long micros) {
    return calm != null && calm.has(leader) && nowMicros - knownSinceMicros >= micros;
  }

  /** The leader's place; {@link ReplicaIndex#NOBODY} if nobody is known to lead. */
  int leader() {
    return leader;
  }

  /** The leader; {@link Id#BROADCAST} if nobody is known. */
  Id leaderId() {
    return known == null ? Id.BROADCAST : known.leader();
  }

  /** What made the leader known; null if nothing did. */
  Event.LeaderKnown event() {
    return known;
  }
}
