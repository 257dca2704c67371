package raftlab.judge.live;

import java.util.Arrays;
import java.util.List;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.Invariant;
import raftlab.trace.Event;
import raftlab.trace.ReplicaIndex;
import raftlab.trace.ReportedState;

/**
 * Checks that all replicas that report their commit index catch up with the leader's. It compares
 * with the leader's report and not with the majority's: after a restart a leader may have to wait
 * for the first entry of its own term (§5.4.2).
 */
final class CommitCatchUpCheck implements LivenessCheck {
  private static final long BOUND_MICROS = 10_000_000;

  /**
   * The time for each entry of a follower's log that is stepped back one entry with each heartbeat.
   */
  private static final long ENTRY_MICROS = 250_000;

  private final LivenessFindings findings;
  private final ReplicaIndex places;
  private final LeaderTenure reign;
  private StablePeriod calm;

  /** By place: what it reports in this life; whether it ever reported a commit index. */
  private ReportedState[] states = new ReportedState[0];

  private boolean[] tells = new boolean[0];

  /** By index: the commit index that it must reach, and by when. */
  private long[] wanted = new long[0];

  private long[] dueMicros = new long[0];
  private int askedIn;

  CommitCatchUpCheck(LivenessFindings findings, ReplicaIndex places, LeaderTenure reign) {
    this.findings = findings;
    this.places = places;
    this.reign = reign;
  }

  @Override
  public void began(StablePeriod next) {
    calm = next;
    askedIn = 0;
  }

  /** Notes a restart: the commit index is lost. */
  void started(int place) {
    if (place < states.length && place >= 0) {
      states[place] = new ReportedState();
    }
  }

  void reported(Event.Reported report) {
    int place = places.of(report.replica());
    if (place == ReplicaIndex.NOBODY) {
      return;
    }
    grow(place);
    states[place].apply(report);
    tells[place] |= states[place].commitIndex() > 0;
  }

  private void grow(int place) {
    if (place >= states.length) {
      int before = states.length;
      states = Arrays.copyOf(states, place + 64);
      Arrays.setAll(states, i -> i < before ? states[i] : new ReportedState());
      tells = Arrays.copyOf(tells, place + 64);
      wanted = Arrays.copyOf(wanted, place + 64);
      dueMicros = Arrays.copyOf(dueMicros, place + 64);
    }
  }

  @Override
  public void look(long nowMicros) {
    if (!reign.isOld(nowMicros, 0)) {
      return;
    }
    boolean sameReign = askedIn == reign.number();
    askedIn = reign.number();
    grow(reign.leader());
    for (int place : calm.places) {
      grow(place);
      if (!sameReign) {
        ask(place, nowMicros);
      } else if (nowMicros >= dueMicros[place]) {
        if (tells[place] && states[place].commitIndex() < wanted[place]) {
          behind(place, nowMicros);
        }
        ask(place, nowMicros);
      }
    }
  }

  private void ask(int place, long nowMicros) {
    wanted[place] = states[reign.leader()].commitIndex();
    long lag = Math.max(0, wanted[place] - states[place].commitIndex());
    dueMicros[place] = nowMicros + calm.bound(BOUND_MICROS + lag * ENTRY_MICROS);
  }

  private void behind(int place, long nowMicros) {
    findings.violated(
        Invariant.LIVE_CATCH_UP,
        List.of(places.id(place)),
        Evidence.of(
            calm.since,
            reign.event(),
            states[reign.leader()].commitReport(),
            states[place].commitReport()),
        "replica "
            + places.id(place)
            + " had "
            + states[place].commitIndex()
            + " committed entries, but leader "
            + reign.leaderId()
            + " reported "
            + wanted[place]
            + " at least "
            + LivenessFindings.seconds(calm.bound(BOUND_MICROS))
            + " ago, though "
            + calm.who()
            + " since "
            + LivenessFindings.seconds(nowMicros - calm.fromMicros));
  }
}
