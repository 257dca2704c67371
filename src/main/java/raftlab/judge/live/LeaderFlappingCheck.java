package raftlab.judge.live;

import java.util.Arrays;
import java.util.List;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.Invariant;
import raftlab.scenario.CountedMetric;
import raftlab.trace.Event;
import raftlab.trace.ReplicaIndex;

/** Checks that the leader doesn't change again and again in a stable period. */
final class LeaderFlappingCheck extends LivenessCheck {
  /** Changes in this time may be effects of what was before the stable period. */
  private static final long GRACE_MICROS = 2_000_000;

  /** Interleaved messages of two leaders count as one change. */
  private static final long MIN_CHANGE_INTERVAL_MICROS = 100_000;

  private static final long BOUND_MICROS = 5_000_000;

  /** The number of changes within that time that is a violation. */
  private static final int MIN_CHANGES = 6;

  private final LivenessFindings findings;
  private final Event.Sent[] changes = new Event.Sent[MIN_CHANGES];
  private int count;
  private int claimant = ReplicaIndex.NONE;
  private long lastMicros;

  LeaderFlappingCheck(LivenessFindings findings) {
    this.findings = findings;
  }

  @Override
  void stablePeriodBegan(StablePeriod next) {
    super.stablePeriodBegan(next);
    count = 0;
    claimant = ReplicaIndex.NONE;
  }

  /** Notes that a member of the stable period claims to lead. */
  void leaderClaimed(int place, Event.Sent sent) {
    if (place == claimant || sent.atMicros() - stablePeriod().fromMicros < GRACE_MICROS) {
      return;
    }
    if (claimant == ReplicaIndex.NONE) {
      claimant = place;
    } else if (sent.atMicros() - lastMicros >= MIN_CHANGE_INTERVAL_MICROS) {
      claimant = place;
      lastMicros = sent.atMicros();
      changed(sent);
    }
  }

  private void changed(Event.Sent sent) {
    Event.Sent earlier = changes[count % MIN_CHANGES];
    changes[count % MIN_CHANGES] = sent;
    count++;
    if (count <= MIN_CHANGES || sent.atMicros() - earlier.atMicros() > BOUND_MICROS) {
      return;
    }
    Event[] evidence = Arrays.copyOf(changes, MIN_CHANGES, Event[].class);
    Arrays.sort(evidence, (a, b) -> Long.compare(a.atMicros(), b.atMicros()));
    findings.exceeded(
        Invariant.LIVE_CALM,
        CountedMetric.LEADER_CHANGES,
        List.of(),
        Evidence.of(evidence),
        "the leader changed "
            + MIN_CHANGES
            + " times in "
            + LivenessFindings.seconds(sent.atMicros() - earlier.atMicros())
            + ", though "
            + stablePeriod().membersText()
            + " and nothing was done to them since "
            + LivenessFindings.seconds(sent.atMicros() - stablePeriod().fromMicros));
    count = 0;
  }

  @Override
  void check(long nowMicros) {
    // Claims are enough for this check.
  }
}
