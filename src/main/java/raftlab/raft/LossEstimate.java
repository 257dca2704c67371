package raftlab.raft;

/** Which part of the leader's messages is not answered: a running mean over about 32 messages. */
final class LossEstimate {
  private static final double WEIGHT = 1.0 / 32;
  private static final double HIGH = 0.4;

  private double mean;

  void onReply() {
    mean -= mean * WEIGHT;
  }

  void onLoss() {
    mean += (1 - mean) * WEIGHT;
  }

  /** Whether the loss is so high that waiting for replies costs more than sending more messages. */
  boolean isHigh() {
    return mean > HIGH;
  }
}
