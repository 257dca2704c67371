package raftlab.raft;

/**
 * How long a reply takes: a smoothed mean and deviation, as in TCP (RFC 6298). Each message has its
 * own number, so replies to repeated messages count too. In 1/64 of a millisecond.
 */
final class RoundTripEstimate {
  private static final int UNIT = 64;

  /** The clock has whole milliseconds only, which causes about this much of the deviation. */
  private static final int CLOCK_DEVIATION = UNIT / 2;

  /** Longer times count as this one. */
  private static final int MAX_SAMPLE_MILLIS = 10_000;

  private final int minMillis;
  private final int maxMillis;
  private boolean measured;
  private long smoothed;
  private long deviation;

  RoundTripEstimate(RaftSettings settings) {
    minMillis = settings.get(Setting.RETRANSMIT_MIN);
    maxMillis = settings.get(Setting.RETRANSMIT_MAX);
  }

  /** A reply took this long. */
  void measure(long millis) {
    long sample = UNIT * Math.min(millis, MAX_SAMPLE_MILLIS);
    if (measured) {
      deviation += (Math.abs(sample - smoothed) - deviation) / 4;
      smoothed += (sample - smoothed) / 8;
    } else {
      measured = true;
      smoothed = sample;
      deviation = sample / 2;
    }
  }

  /** A message without a reply after this time is probably lost. */
  long timeoutMillis() {
    if (!measured) {
      return maxMillis;
    }
    long margin = 4 * Math.max(0, deviation - CLOCK_DEVIATION);
    long timeout = (smoothed + margin + UNIT - 1) / UNIT + 1;
    return Math.max(minMillis, Math.min(maxMillis, timeout));
  }
}
