package raftlab.raft;

/**
 * What the leader knows of one follower: nextIndex and matchIndex (Figure 2), how many messages are
 * unanswered, how much of a snapshot has arrived, and whether a removed one knows that it is.
 *
 * <p>nextIndex runs ahead: it moves with each message as if that had arrived. If there is no answer
 * in time, or a rejection, it goes back to {@code resumeIndex}, up to which nothing can be missing
 * as far as we know.
 */
final class FollowerProgress {
  /** Among high losses, so many attempts in a row say little about whether the follower lives. */
  private static final int HASTY_ATTEMPTS = 12;

  /** So many lost messages in a row may be the network's doing; after more it is rather dead. */
  private static final int TELLING_ATTEMPTS = 3;

  private static final int HASTY_DOUBLINGS = 1;
  private static final int MOST_DOUBLINGS = 8;

  /** A removed follower that leaves more attempts in a row unanswered is sent nothing more. */
  private static final int MOST_ATTEMPTS_AFTER_REMOVAL = 8;

  private final RaftSettings settings;
  private final LossEstimate lossEstimate;
  private final RoundTripEstimate roundTrip;

  long nextIndex;
  long matchIndex;
  private long resumeIndex;

  /** Whether any answer has shown where the two logs agree. Until then messages are attempts. */
  private boolean matched;

  long lastSentRound;
  private long lastSentAt;
  long answeredRound;
  long answeredSentAt = SentMessages.UNKNOWN;

  /** leaderCommit in the last message. */
  private long lastSentCommit;

  /** The follower knows that everything up to this entry is committed. */
  private long knownCommit;

  /** Messages without an answer yet, as far as they aren't taken for lost. */
  private int inFlight;

  /** Bytes of entries, or of a snapshot, in these. */
  private long bytesInFlight;

  /** How often in a row a message was taken for lost. */
  private int attempts;

  /** Later rejections of messages up to this one say nothing new: nextIndex went back already. */
  private long rejectedRound;

  /** What is being sent in place of entries that were discarded (§7); null if none are needed. */
  private Snapshot snapshot;

  /** So much of it the follower has. */
  private int snapshotOffset;

  /** Whether one message couldn't hold all that the follower lacks: each answer brings the next. */
  boolean catchingUp;

  FollowerProgress(RaftSettings settings, LossEstimate lossEstimate, long nextIndex, long now) {
    this.settings = settings;
    this.lossEstimate = lossEstimate;
    this.nextIndex = nextIndex;
    resumeIndex = nextIndex;
    lastSentAt = now;
    roundTrip = new RoundTripEstimate(settings);
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
    if (lossEstimate.isHigh()) {
      doublings =
          attempts <= HASTY_ATTEMPTS
              ? Math.min(attempts, HASTY_DOUBLINGS)
              : attempts - HASTY_ATTEMPTS + HASTY_DOUBLINGS;
    }
    return Math.min(
        settings.get(Setting.HEARTBEAT),
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
    return inFlight < (matched && snapshot == null ? settings.get(Setting.WINDOW) : 1)
        && bytesInFlight < settings.get(Setting.WINDOW_BYTES);
  }

  /**
   * When this follower must get a message even if it is not chosen for anything. A lost message
   * that nothing depends on is repeated only when the follower's patience with us would run out.
   * Parts of a snapshot follow each other at once.
   *
   * @param leaderSince when this replica became leader
   */
  long dueAt(long leaderSince) {
    if (snapshot != null) {
      return isWaiting() ? overdueAt() : lastSentAt;
    }
    if (!isWaiting()) {
      return lastSentAt + settings.get(Setting.HEARTBEAT);
    }
    long heardFromUs = Math.max(leaderSince, answeredSentAt);
    return Math.max(overdueAt(), heardFromUs + settings.get(Setting.HEARTBEAT));
  }

  /**
   * Whether a follower that was removed by this entry knows that, or doesn't seem to live: nothing
   * needs to be sent to it any more.
   */
  boolean needsNoMoreMessages(long index) {
    return knownCommit >= index || attempts > MOST_ATTEMPTS_AFTER_REMOVAL;
  }

  /** A message is sent that ends with the entry before {@code newNextIndex}. */
  void sent(long round, long now, long newNextIndex, long bytes, long leaderCommit) {
    lastSentCommit = leaderCommit;
    lastSentRound = round;
    lastSentAt = now;
    inFlight++;
    bytesInFlight += bytes;
    nextIndex = newNextIndex;
  }

  /**
   * The last message is taken for lost. Whether that says something about the network: a follower
   * that loses many in a row is rather dead.
   */
  boolean timedOut() {
    attempts++;
    inFlight = 0;
    bytesInFlight = 0;
    nextIndex = resumeIndex;
    return attempts <= TELLING_ATTEMPTS;
  }

  /**
   * An answer; its round is one of those sent to this follower. Whether it is news, not an old or
   * repeated one.
   */
  boolean receivedReply(long round, long sentAt, long now) {
    if (sentAt != SentMessages.UNKNOWN) {
      roundTrip.measure(now - sentAt);
    }
    if (round <= answeredRound) {
      return false;
    }
    answeredRound = round;
    answeredSentAt = Math.max(answeredSentAt, sentAt);
    attempts = 0;
    // An answer may have been lost; so the mean is taken for the size of what was answered.
    bytesInFlight -= inFlight == 0 ? 0 : bytesInFlight / inFlight;
    inFlight = isWaiting() ? Math.max(0, inFlight - 1) : 0;
    bytesInFlight = inFlight == 0 ? 0 : bytesInFlight;
    return true;
  }

  /**
   * The follower's log agrees with ours up to this entry. Never goes back: the answer may be an old
   * one.
   */
  void matches(long index) {
    matched = true;
    matchIndex = Math.max(matchIndex, index);
    if (!isWaiting()) {
      knownCommit = Math.max(knownCommit, Math.min(matchIndex, lastSentCommit));
    }
    resumeIndex = Math.max(resumeIndex, matchIndex + 1);
    nextIndex = Math.max(nextIndex, matchIndex + 1);
    if (snapshot != null && matchIndex >= snapshot.index()) {
      snapshot = null;
    }
  }

  /**
   * The follower lacks what precedes the entries of this message. Whether that is news; then we
   * resume at {@code index}, even if the follower had acknowledged what is there. One that has lost
   * its log has broken its promise (§5.1), and nothing can mend that; but building for ever on what
   * it hasn't got would only flood it.
   */
  boolean rejected(long round, long lastRound, long index) {
    if (round <= rejectedRound) {
      return false;
    }
    rejectedRound = lastRound;
    resumeIndex = index;
    nextIndex = resumeIndex;
    inFlight = 0;
    bytesInFlight = 0;
    return true;
  }

  /**
   * The follower needs entries that are in no log any more. The snapshot to send it is this one, or
   * the one that is being sent already.
   */
  Snapshot snapshotToSend(Snapshot latest) {
    if (snapshot == null) {
      snapshot = latest;
      snapshotOffset = 0;
    }
    return snapshot;
  }

  int snapshotOffset() {
    return snapshotOffset;
  }

  /** The follower has so much of the snapshot. Whether that is news; then the next part can go. */
  boolean hasOfSnapshot(long index, int offset) {
    boolean isNew =
        snapshot != null
            && snapshot.index() == index
            && offset != snapshotOffset
            && offset < snapshot.data().length;
    if (isNew) {
      snapshotOffset = offset;
    }
    return isNew;
  }

  boolean isReceivingSnapshot() {
    return snapshot != null;
  }

  /**
   * The last entry of the snapshot that this follower is about to have, for it will need what
   * follows; {@link Long#MAX_VALUE} if it gets none, or doesn't seem to live.
   */
  long snapshotBeingSent() {
    return snapshot != null && attempts <= TELLING_ATTEMPTS ? snapshot.index() : Long.MAX_VALUE;
  }
}
