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
final class CommitCatchUpCheck extends LivenessCheck {
  private static final long BOUND_MICROS = 10_000_000;

  /**
   * The time for each entry of a follower's log that is stepped back one entry with each heartbeat.
   */
  private static final long ENTRY_MICROS = 250_000;

  private final LivenessFindings findings;
  private final ReplicaIndex replicaIndex;
  private final LeaderTenure leaderTenure;

  /** By place: what it reports in this life; whether it ever reported a commit index. */
  private ReportedState[] states = new ReportedState[0];

  private boolean[] hasReported = new boolean[0];

  /** By index: the commit index that it must reach, and by when. */
  private long[] requiredIndex = new long[0];

  private long[] dueMicros = new long[0];
  private int tenureNumber;

  CommitCatchUpCheck(
      LivenessFindings findings, ReplicaIndex replicaIndex, LeaderTenure leaderTenure) {
    this.findings = findings;
    this.replicaIndex = replicaIndex;
    this.leaderTenure = leaderTenure;
  }

  @Override
  void stablePeriodBegan(StablePeriod next) {
    super.stablePeriodBegan(next);
    tenureNumber = 0;
  }

  /** Notes a restart: the commit index is lost. */
  void started(int place) {
    if (place < states.length && place >= 0) {
      states[place] = new ReportedState();
    }
  }

  void reported(Event.Reported report) {
    int place = replicaIndex.indexOf(report.replica());
    if (place == ReplicaIndex.NONE) {
      return;
    }
    grow(place);
    states[place].apply(report);
    hasReported[place] |= states[place].commitIndex() > 0;
  }

  private void grow(int place) {
    if (place >= states.length) {
      int before = states.length;
      states = Arrays.copyOf(states, place + 64);
      Arrays.setAll(states, i -> i < before ? states[i] : new ReportedState());
      hasReported = Arrays.copyOf(hasReported, place + 64);
      requiredIndex = Arrays.copyOf(requiredIndex, place + 64);
      dueMicros = Arrays.copyOf(dueMicros, place + 64);
    }
  }

  @Override
  void check(long nowMicros) {
    if (!leaderTenure.hasLasted(nowMicros, 0)) {
      return;
    }
    boolean sameReign = tenureNumber == leaderTenure.number();
    tenureNumber = leaderTenure.number();
    grow(leaderTenure.leader());
    for (int place : stablePeriod().memberIndexes) {
      grow(place);
      if (!sameReign) {
        setTarget(place, nowMicros);
      } else if (nowMicros >= dueMicros[place]) {
        if (hasReported[place] && states[place].commitIndex() < requiredIndex[place]) {
          reportIfBehind(place, nowMicros);
        }
        setTarget(place, nowMicros);
      }
    }
  }

  private void setTarget(int place, long nowMicros) {
    requiredIndex[place] = states[leaderTenure.leader()].commitIndex();
    long lag = Math.max(0, requiredIndex[place] - states[place].commitIndex());
    dueMicros[place] = nowMicros + stablePeriod().scaledBound(BOUND_MICROS + lag * ENTRY_MICROS);
  }

  private void reportIfBehind(int place, long nowMicros) {
    findings.violated(
        Invariant.LIVE_CATCH_UP,
        List.of(replicaIndex.id(place)),
        Evidence.of(
            stablePeriod().since,
            leaderTenure.event(),
            states[leaderTenure.leader()].commitReport(),
            states[place].commitReport()),
        "replica "
            + replicaIndex.id(place)
            + " had "
            + states[place].commitIndex()
            + " committed entries, but leader "
            + leaderTenure.leaderId()
            + " reported "
            + requiredIndex[place]
            + " at least "
            + LivenessFindings.seconds(stablePeriod().scaledBound(BOUND_MICROS))
            + " ago, though "
            + stablePeriod().membersText()
            + " since "
            + LivenessFindings.seconds(nowMicros - stablePeriod().fromMicros));
  }
}
