package raftlab.raft;

/**
 * How long an answer takes: a smoothed mean and deviation, as TCP does it (RFC 6298). Each message
 * has its own number, so answers to repeated messages count too. In 1/8 of a millisecond.
 */
final class RoundTrip {
  private final int minMillis;
  private final int maxMillis;
  private boolean measured;
  private long smoothed;
  private long deviation;

  RoundTrip(RaftSettings settings) {
    minMillis = settings.retransmitMin();
    maxMillis = settings.retransmitMax();
  }

  void measure(long millis) {
    long sample = 8 * Math.min(millis, 10_000);
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
    long timeout = (smoothed + 4 * deviation + 7) / 8 + 1;
    return Math.max(minMillis, Math.min(maxMillis, timeout));
  }
}
