package raftlab.judge.live;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Checks one liveness property. {@link LivenessReview} passes the events on. */
abstract class LivenessCheck {
  private @Nullable StablePeriod stablePeriod;

  /** Starts a stable period. */
  void stablePeriodBegan(StablePeriod next) {
    stablePeriod = next;
  }

  /** Returns the present stable period; only while there is one. */
  final StablePeriod stablePeriod() {
    return Objects.requireNonNull(stablePeriod, "called only in a stable period");
  }

  /** Checks the property at this time; called at the end of a stable period too. */
  abstract void check(long nowMicros);
}
