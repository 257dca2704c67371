package raftlab.raft;

/**
 * What the leader knows of one follower: nextIndex and matchIndex (Figure 2), and which messages
 * are unanswered.
 *
 * <p>nextIndex runs ahead: it moves with each message as if that had arrived. If there is no answer
 * in time, or a rejection, it goes back to {@code resumeIndex}, up to which nothing can be missing
 * as far as we know.
 */
final class Progress {
  /** Among high losses, so many attempts in a row say little about whether the follower lives. */
  private static final int HASTY_ATTEMPTS = 12;

  private static final int TELLING_ATTEMPTS = 3;
  private static final int HASTY_DOUBLINGS = 1;
  private static final int MOST_DOUBLINGS = 8;

  private final RaftSettings settings;
  private final LossRate lossRate;
  private final RoundTrip roundTrip;

  long nextIndex;
  long matchIndex;
  private long resumeIndex;

  /** Whether any answer has shown where the two logs agree. Until then messages are attempts. */
  private boolean matched;

  long lastSentRound;
  private long lastSentAt;
  long answeredRound;
  long answeredSentAt = Rounds.UNKNOWN;
  private int inFlight;
  private int attempts;

  /** Later rejections of messages up to this one say nothing new: nextIndex went back already. */
  private long rejectedRound;

  /** Whether one message couldn't hold all that the follower lacks: each answer brings the next. */
  boolean catchingUp;

  Progress(RaftSettings settings, LossRate lossRate, long nextIndex, long now) {
    this.settings = settings;
    this.lossRate = lossRate;
    this.nextIndex = nextIndex;
    resumeIndex = nextIndex;
    lastSentAt = now;
    roundTrip = new RoundTrip(settings);
  }

  boolean isWaiting() {
    return answeredRound < lastSentRound;
  }

  /**
   * How long to wait for an answer: twice as long with each attempt, up to the interval of
   * heartbeats.
   */
  private long patience() {
    int doublings = attempts;
    if (lossRate.isHigh()) {
      doublings =
          attempts <= HASTY_ATTEMPTS
              ? Math.min(attempts, HASTY_DOUBLINGS)
              : attempts - HASTY_ATTEMPTS + HASTY_DOUBLINGS;
    }
    return Math.min(
        settings.heartbeatInterval(),
        roundTrip.timeoutMillis() << Math.min(doublings, MOST_DOUBLINGS));
  }

  /** Whether the last message is unanswered for so long that it must be lost. */
  boolean isOverdue(long now) {
    return isWaiting() && now >= overdueAt();
  }

  /** When the last message will be taken for lost if no answer comes. */
  long overdueAt() {
    return lastSentAt + patience();
  }

  /**
   * Whether the follower can be expected to answer.
   *
   * @param wantedAfter what is wanted now came up after this message; one that was sent before and
   *     lost is forgiven, once
   */
  boolean isResponsive(long now, long wantedAfter) {
    return attempts == 0 && (!isOverdue(now) || lastSentRound <= wantedAfter);
  }

  /** Whether one more message may be on its way at once. */
  boolean hasRoom() {
    return inFlight < (matched ? settings.window() : 1);
  }

  /**
   * When this follower must get a message even if it is not chosen for anything. A lost message
   * that nothing depends on is repeated only when the follower's patience with us would run out.
   *
   * @param leaderSince when this replica became leader
   */
  long dueAt(long leaderSince) {
    if (!isWaiting()) {
      return lastSentAt + settings.heartbeatInterval();
    }
    long heardFromUs = Math.max(leaderSince, answeredSentAt);
    return Math.max(overdueAt(), heardFromUs + settings.heartbeatInterval());
  }

  /** A message is sent that ends with the entry before {@code newNextIndex}. */
  void sent(long round, long now, long newNextIndex) {
    lastSentRound = round;
    lastSentAt = now;
    inFlight++;
    nextIndex = newNextIndex;
  }

  /**
   * The last message is taken for lost. Whether that says something about the network: a follower
   * that loses many in a row is rather dead.
   */
  boolean lost() {
    attempts++;
    inFlight = 0;
    nextIndex = resumeIndex;
    return attempts <= TELLING_ATTEMPTS;
  }

  /**
   * An answer; its round is one of those sent to this follower. Whether it is news, not an old or
   * repeated one.
   */
  boolean answered(long round, long sentAt, long now) {
    if (sentAt != Rounds.UNKNOWN) {
      roundTrip.measure(now - sentAt);
    }
    if (round <= answeredRound) {
      return false;
    }
    answeredRound = round;
    answeredSentAt = Math.max(answeredSentAt, sentAt);
    attempts = 0;
    inFlight = isWaiting() ? Math.max(0, inFlight - 1) : 0;
    return true;
  }

  /**
   * The follower's log agrees with ours up to this entry. Never goes back: the answer may be an old
   * one.
   */
  void matches(long index) {
    matched = true;
    matchIndex = Math.max(matchIndex, index);
    resumeIndex = Math.max(resumeIndex, matchIndex + 1);
    nextIndex = Math.max(nextIndex, matchIndex + 1);
  }

  /**
   * The follower lacks what precedes the entries of this message. Whether that is news; then we
   * resume there.
   */
  boolean rejected(long round, long lastRound, long index) {
    if (round <= rejectedRound) {
      return false;
    }
    rejectedRound = lastRound;
    resumeIndex = Math.max(matchIndex + 1, index);
    nextIndex = resumeIndex;
    inFlight = 0;
    return true;
  }
}
