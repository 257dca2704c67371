package raftlab.judge.live;

/** Checks one liveness property. {@link LivenessReview} passes the events on. */
interface LivenessCheck {
  /** Starts a stable period. */
  void stablePeriodBegan(StablePeriod calm);

  /** Checks the property at this time; called at the end of a stable period too. */
  void check(long nowMicros);
}
