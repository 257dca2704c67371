package raftlab.judge.live;

import raftlab.judge.wire.Places;
import raftlab.trace.Event;

/**
 * Somebody leads: a majority names a leader, or somebody claims to lead, or a client is told ok.
 * Whoever claims to lead and is heard by nobody counts, too: not all followers answer.
 */
final class Leaders implements Watch {
  private static final long BOUND_MICROS = 5_000_000;

  private final LiveFindings findings;
  private final Reign reign;
  private Calm calm;
  private long ledMicros;
  private Event last;

  Leaders(LiveFindings findings, Reign reign) {
    this.findings = findings;
    this.reign = reign;
  }

  @Override
  public void began(Calm next) {
    calm = next;
    ledMicros = next.fromMicros;
    last = null;
  }

  /** A member of the calm claims to lead, or has done what a client wanted. */
  void led(Event by) {
    ledMicros = Math.max(ledMicros, by.atMicros());
    last = by;
  }

  @Override
  public void look(long nowMicros) {
    if (reign.leader() != Places.NOBODY) {
      ledMicros = Math.max(ledMicros, nowMicros);
      last = reign.event();
    } else if (nowMicros - ledMicros >= BOUND_MICROS) {
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
