package raftlab.judge.live;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.Invariant;
import raftlab.trace.Event;
import raftlab.trace.ReplicaIndex;

/**
 * A replica leads: a majority names it and it sends messages, or it claims to lead, or it answers a
 * client with ok. A claim that no other replica confirms is no failure here, since not all
 * followers answer; but the run is not said to make progress then.
 */
final class LeaderExistsCheck implements LivenessCheck {
  private static final long BOUND_MICROS = 5_000_000;
  private static final long LONGEST_BOUND_MICROS = 10_000_000;

  /** By bad luck so many elections one after the other are split. */
  private static final int ELECTIONS = 4;

  private final LivenessFindings findings;
  private final LeaderTenure reign;
  private StablePeriod calm;
  private long ledMicros;

  /** When a leader was known last. */
  private long knownMicros;

  /** When each member of the calm last sent a message, by place. */
  private final Map<Integer, Long> sentMicros = new HashMap<>();

  /** Whether the lack of a leader in this calm is noted. */
  private boolean isToldOf;

  private Event last;
  private long spokeMicros;

  /** While nobody leads: how long nobody spoke. So long they wait before they stand. */
  private long waitMicros;

  LeaderExistsCheck(LivenessFindings findings, LeaderTenure reign) {
    this.findings = findings;
    this.reign = reign;
  }

  @Override
  public void began(StablePeriod next) {
    calm = next;
    ledMicros = next.fromMicros;
    knownMicros = next.fromMicros;
    sentMicros.clear();
    isToldOf = false;
    last = null;
    isLed(next.fromMicros);
  }

  /** A member of the calm claims to lead, or has done what a client wanted. */
  void led(Event by) {
    ledMicros = Math.max(ledMicros, by.atMicros());
    last = by;
    isLed(by.atMicros());
  }

  private void isLed(long atMicros) {
    spokeMicros = atMicros;
    waitMicros = 0;
  }

  /** A member of the calm says something to another replica. */
  void spoke(long atMicros) {
    waitMicros = Math.max(waitMicros, atMicros - spokeMicros);
    spokeMicros = atMicros;
  }

  private long boundMicros() {
    return calm.bound(
        Math.min(LONGEST_BOUND_MICROS, Math.max(BOUND_MICROS, ELECTIONS * waitMicros)));
  }

  /** A member of the calm sends a message, to a replica or a client. */
  void sent(int place, long atMicros) {
    sentMicros.put(place, atMicros);
  }

  /** When the known leader last showed that it runs. */
  private long leaderSpoke(long nowMicros) {
    if (calm.places.size() == 1) {
      return nowMicros;
    }
    long sent = sentMicros.getOrDefault(reign.leader(), calm.fromMicros);
    long known = reign.event() == null ? calm.fromMicros : reign.event().atMicros();
    return Math.max(calm.fromMicros, Math.max(sent, known));
  }

  @Override
  public void look(long nowMicros) {
    if (reign.leader() != ReplicaIndex.NOBODY) {
      long spokeLast = leaderSpoke(nowMicros);
      knownMicros = nowMicros;
      if (nowMicros - spokeLast < boundMicros()) {
        ledMicros = Math.max(ledMicros, nowMicros);
        last = reign.event();
        isLed(nowMicros);
        return;
      }
      lack(
          "replica "
              + reign.leaderId()
              + " was known to lead, but sent nothing for "
              + LivenessFindings.seconds(nowMicros - spokeLast));
      return;
    }
    if (nowMicros - knownMicros >= boundMicros()) {
      findings.leaderUnknown();
    }
    if (nowMicros - ledMicros >= boundMicros()) {
      lack("nobody led for " + LivenessFindings.seconds(nowMicros - ledMicros));
    }
  }

  /** Told once in a calm. */
  private void lack(String what) {
    if (isToldOf) {
      return;
    }
    isToldOf = true;
    findings.violated(
        Invariant.LIVE_LEADER,
        List.of(),
        Evidence.of(calm.since, last),
        what + ", though " + calm.who() + " and nothing was done to them since");
  }
}
