package raftlab.judge.live;

import java.util.Arrays;
import java.util.List;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.Invariant;
import raftlab.trace.Event;
import raftlab.trace.ReplicaIndex;

/** Checks that the leader doesn't change again and again in a stable period. */
final class LeaderFlappingCheck implements LivenessCheck {
  /** Changes in this time may be effects of what was before the stable period. */
  private static final long GRACE_MICROS = 2_000_000;

  /** Interleaved messages of two leaders count as one change. */
  private static final long SPACE_MICROS = 100_000;

  private static final long BOUND_MICROS = 5_000_000;

  /** The number of changes within that time that is a violation. */
  private static final int MANY = 6;

  private final LivenessFindings findings;
  private StablePeriod calm;
  private final Event.Sent[] changes = new Event.Sent[MANY];
  private int count;
  private int claimant = ReplicaIndex.NOBODY;
  private long lastMicros;

  LeaderFlappingCheck(LivenessFindings findings) {
    this.findings = findings;
  }

  @Override
  public void began(StablePeriod next) {
    calm = next;
    count = 0;
    claimant = ReplicaIndex.NOBODY;
  }

  /** Notes that a member of the stable period claims to lead. */
  void claims(int place, Event.Sent sent) {
    if (place == claimant || sent.atMicros() - calm.fromMicros < GRACE_MICROS) {
      return;
    }
    if (claimant == ReplicaIndex.NOBODY) {
      claimant = place;
    } else if (sent.atMicros() - lastMicros >= SPACE_MICROS) {
      claimant = place;
      lastMicros = sent.atMicros();
      changed(sent);
    }
  }

  private void changed(Event.Sent sent) {
    Event.Sent earlier = changes[count % MANY];
    changes[count % MANY] = sent;
    count++;
    if (count <= MANY || sent.atMicros() - earlier.atMicros() > BOUND_MICROS) {
      return;
    }
    Event[] evidence = Arrays.copyOf(changes, MANY, Event[].class);
    Arrays.sort(evidence, (a, b) -> Long.compare(a.atMicros(), b.atMicros()));
    findings.violated(
        Invariant.LIVE_CALM,
        List.of(),
        Evidence.of(evidence),
        "the leader changed "
            + MANY
            + " times in "
            + LivenessFindings.seconds(sent.atMicros() - earlier.atMicros())
            + ", though "
            + calm.who()
            + " and nothing was done to them since "
            + LivenessFindings.seconds(sent.atMicros() - calm.fromMicros));
    count = 0;
  }

  @Override
  public void look(long nowMicros) {
    // Claims are enough for this check.
  }
}
