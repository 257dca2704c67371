package raftlab.raft;

/**
 * How long an answer takes: a smoothed mean and deviation, as TCP does it (RFC 6298). Each message
 * has its own number, so answers to repeated messages count too. In 1/64 of a millisecond.
 */
final class RoundTripEstimate {
  private static final int UNIT = 64;

  /** The clock tells whole milliseconds only; about so much of the deviation is its doing. */
  private static final int CLOCK_DEVIATION = UNIT / 2;

  /** A longer time than this counts as this one. */
  private static final int LONGEST_MILLIS = 10_000;

  private final int minMillis;
  private final int maxMillis;
  private boolean measured;
  private long smoothed;
  private long deviation;

  RoundTripEstimate(RaftSettings settings) {
    minMillis = settings.get(Setting.RETRANSMIT_MIN);
    maxMillis = settings.get(Setting.RETRANSMIT_MAX);
  }

  /** An answer has taken so long. */
  void measure(long millis) {
    long sample = UNIT * Math.min(millis, LONGEST_MILLIS);
    if (measured) {
      deviation += (Math.abs(sample - smoothed) - deviation) / 4;
      smoothed += (sample - smoothed) / 8;
    } else {
      measured = true;
      smoothed = sample;
      deviation = sample / 2;
    }
  }

  /** After so long without an answer a message is probably lost. */
  long timeoutMillis() {
    if (!measured) {
      return maxMillis;
    }
    long margin = 4 * Math.max(0, deviation - CLOCK_DEVIATION);
    long timeout = (smoothed + margin + UNIT - 1) / UNIT + 1;
    return Math.max(minMillis, Math.min(maxMillis, timeout));
  }
}
