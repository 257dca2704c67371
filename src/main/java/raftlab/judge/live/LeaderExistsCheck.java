package raftlab.judge.live;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.Invariant;
import raftlab.trace.Event;
import raftlab.trace.ReplicaIndex;

/**
 * Checks that there is a leader: a majority names it and it sends messages, or it claims to lead,
 * or it answers a client with ok. A claim that no other replica confirms is no failure, since not
 * all followers answer; but then the run doesn't count as progress.
 */
final class LeaderExistsCheck implements LivenessCheck {
  private static final long BOUND_MICROS = 5_000_000;
  private static final long LONGEST_BOUND_MICROS = 10_000_000;

  /** The number of split elections in a row that bad luck explains. */
  private static final int ELECTIONS = 4;

  private final LivenessFindings findings;
  private final LeaderTenure reign;
  private StablePeriod calm;
  private long ledMicros;

  /** When a leader was last known. */
  private long knownMicros;

  /** When each member of the stable period last sent a message, by index. */
  private final Map<Integer, Long> sentMicros = new HashMap<>();

  /** Whether the missing leader of this stable period was reported. */
  private boolean isToldOf;

  private Event last;
  private long spokeMicros;

  /**
   * While there is no leader, how long no replica sent a message: the time before they start an
   * election.
   */
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

  /** Notes that a member of the stable period claims to lead, or answered a client with ok. */
  void led(Event by) {
    ledMicros = Math.max(ledMicros, by.atMicros());
    last = by;
    isLed(by.atMicros());
  }

  private void isLed(long atMicros) {
    spokeMicros = atMicros;
    waitMicros = 0;
  }

  /** Notes that a member of the stable period sends a message to another replica. */
  void spoke(long atMicros) {
    waitMicros = Math.max(waitMicros, atMicros - spokeMicros);
    spokeMicros = atMicros;
  }

  private long boundMicros() {
    return calm.bound(
        Math.min(LONGEST_BOUND_MICROS, Math.max(BOUND_MICROS, ELECTIONS * waitMicros)));
  }

  /** Notes that a member of the stable period sends a message, to a replica or a client. */
  void sent(int place, long atMicros) {
    sentMicros.put(place, atMicros);
  }

  /** Returns when the known leader last sent a message. */
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
      lack("no replica led for " + LivenessFindings.seconds(nowMicros - ledMicros));
    }
  }

  /** Reports a violation, once in a stable period. */
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
