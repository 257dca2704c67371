package raftlab.raft;

/**
 * How many of the leader's messages stay without an answer, as a running mean over the last few
 * dozens.
 */
final class LossEstimate {
  private static final double WEIGHT = 1.0 / 32;
  private static final double HIGH = 0.4;

  private double mean;

  void answered() {
    mean -= mean * WEIGHT;
  }

  void lost() {
    mean += (1 - mean) * WEIGHT;
  }

  /** Whether so many are lost that waiting for answers costs more than sending more messages. */
  boolean isHigh() {
    return mean > HIGH;
  }
}
