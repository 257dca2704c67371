package raftlab.judge.live;

import raftlab.judge.wire.Places;
import raftlab.trace.Event;

/**
 * Somebody leads: a majority names a leader, or somebody claims to lead, or a client is told ok.
 * Whoever claims to lead and is heard by nobody counts, too: not all followers answer.
 */
final class Leaders implements Watch {
  private static final long BOUND_MICROS = 5_000_000;
  private static final long LONGEST_BOUND_MICROS = 10_000_000;

  /** By bad luck so many elections one after the other are split. */
  private static final int ELECTIONS = 4;

  private final LiveFindings findings;
  private final Reign reign;
  private Calm calm;
  private long ledMicros;
  private Event last;
  private long spokeMicros;

  /** While nobody leads: how long nobody spoke. So long they wait before they stand. */
  private long waitMicros;

  Leaders(LiveFindings findings, Reign reign) {
    this.findings = findings;
    this.reign = reign;
  }

  @Override
  public void began(Calm next) {
    calm = next;
    ledMicros = next.fromMicros;
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

  @Override
  public void look(long nowMicros) {
    if (reign.leader() != Places.NOBODY) {
      ledMicros = Math.max(ledMicros, nowMicros);
      last = reign.event();
      isLed(nowMicros);
    } else if (nowMicros - ledMicros >= boundMicros()) {
      findings.lack(
          Promise.LEADER,
          "nobody led for "
              + LiveFindings.seconds(nowMicros - ledMicros)
              + ", though "
              + calm.who()
              + " and nothing was done to them since",
          calm.since,
          last);
      ledMicros = Long.MAX_VALUE / 2;
    }
  }
}
