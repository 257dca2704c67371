package raftlab.raft;

/**
 * After how long without a reply a message to one follower is taken for lost: about a round trip,
 * doubled with each unanswered message in a row, and never longer than a heartbeat interval. While
 * many messages are lost it stays short for longer, because then a missing reply says little about
 * the follower.
 */
final class RetransmitTimeout {
  /** With high losses the timeout grows only after this many attempts. */
  private static final int ATTEMPTS_WITH_HIGH_LOSS = 12;

  private static final int DOUBLINGS_WITH_HIGH_LOSS = 1;
  private static final int MAX_DOUBLINGS = 8;

  private final RaftSettings settings;
  private final LossEstimate lossEstimate;
  private final RoundTripEstimate roundTrip;

  /**
   * @param lossEstimate of all followers together
   */
  RetransmitTimeout(RaftSettings settings, LossEstimate lossEstimate) {
    this.settings = settings;
    this.lossEstimate = lossEstimate;
    roundTrip = new RoundTripEstimate(settings);
  }

  /**
   * The timeout of the next message.
   *
   * @param attempts how many messages in a row were not answered
   */
  long millis(int attempts) {
    int doublings = attempts;
    if (lossEstimate.isHigh()) {
      doublings =
          attempts <= ATTEMPTS_WITH_HIGH_LOSS
              ? Math.min(attempts, DOUBLINGS_WITH_HIGH_LOSS)
              : attempts - ATTEMPTS_WITH_HIGH_LOSS + DOUBLINGS_WITH_HIGH_LOSS;
    }
    return Math.min(
        settings.get(Setting.HEARTBEAT),
        roundTrip.timeoutMillis() << Math.min(doublings, MAX_DOUBLINGS));
  }

  /** A reply took this long. */
  void onRoundTrip(long millis) {
    roundTrip.measure(millis);
  }

  /** A message was answered. */
  void onNewReply() {
    lossEstimate.onReply();
  }

  /** A message was lost by the network. */
  void onLoss() {
    lossEstimate.onLoss();
  }
}
