package raftlab.raft;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the leader stores about one follower: nextIndex and matchIndex (Figure 2), which messages it
 * has answered, and which snapshot it is being sent.
 *
 * <p>At most one message is under way at a time: the next one is sent when the reply has arrived or
 * is overdue. {@link PipelinedProgress} sends more.
 */
class FollowerProgress {
  /** After this many unanswered messages in a row the follower has probably crashed. */
  static final int ATTEMPTS_UNTIL_DOWN = 3;

  /** A removed follower gets no more messages after this many unanswered ones in a row. */
  private static final int MAX_ATTEMPTS_AFTER_REMOVAL = 8;

  final RaftSettings settings;

  // Figure 2, State: "nextIndex[] for each server, index of the next log entry to send to that
  // server (initialized to leader last log index + 1)"
  long nextIndex;

  // Figure 2, State: "matchIndex[] for each server, index of highest log entry known to be
  // replicated on server (initialized to 0, increases monotonically)"
  long matchIndex;

  /** Whether a reply has shown where the two logs agree. Until then nextIndex is a guess. */
  boolean matched;

  /** Whether the last message couldn't hold all entries that the follower lacks. */
  boolean isBehind;

  long lastSentRound;
  long lastSentAt;
  private long lastSentCommitIndex;

  /** The latest message that the follower has answered. */
  long answeredRound;

  /** When that was sent; {@link SentMessages#UNKNOWN} if there is none. */
  long answeredSentAt = SentMessages.UNKNOWN;

  /** How many messages in a row were not answered in time. */
  int attempts;

  /** Rejections of messages up to this one are old: nextIndex went back already. */
  private long rejectedRound;

  /** The follower's commitIndex is at least this. */
  private long knownCommitIndex;

  /** The snapshot that is being sent (§7); null if none is. */
  private @Nullable Snapshot snapshot;

  /** How many bytes of it the follower has. */
  private int snapshotOffset;

  FollowerProgress(RaftSettings settings, long nextIndex, long now) {
    this.settings = settings;
    this.nextIndex = nextIndex;
    lastSentAt = now;
  }

  /** Whether the last message has no reply yet. */
  final boolean isWaiting() {
    return answeredRound < lastSentRound;
  }

  /** Whether the last message has no reply yet and is taken for lost. */
  final boolean isOverdue(long now) {
    return isWaiting() && now >= overdueAt();
  }

  /** When the last message is taken for lost if no reply has arrived. */
  long overdueAt() {
    return lastSentAt + settings.get(Setting.RETRANSMIT_MAX);
  }

  /** Whether one more message may be under way. */
  boolean hasRoom() {
    return !isWaiting();
  }

  /** The first entry of the next message. */
  long nextToSend() {
    return nextIndex;
  }

  /** A message is sent. */
  final void onSent(long round, long now, long commitIndex) {
    lastSentRound = round;
    lastSentAt = now;
    lastSentCommitIndex = commitIndex;
  }

  /** The message that is sent has these entries. */
  void onEntriesSent(List<LogEntry> entries) {}

  /** The message that is sent has this many bytes of a snapshot. */
  void onSnapshotBytesSent(int bytes) {}

  /** The last message was not answered in time. */
  void onTimeout() {
    attempts++;
  }

  /**
   * A reply to this message has arrived. Returns whether it is new: not overtaken by the reply to a
   * later message, and not a repetition.
   */
  boolean onReply(long round, long sentAt, long now) {
    if (round <= answeredRound) {
      return false;
    }
    answeredRound = round;
    answeredSentAt = Math.max(answeredSentAt, sentAt);
    attempts = 0;
    return true;
  }

  /** The follower's log agrees with the leader's up to matchIndex. */
  void onMatch() {
    matched = true;
    if (!isWaiting()) {
      knownCommitIndex = Math.max(knownCommitIndex, Math.min(matchIndex, lastSentCommitIndex));
    }
    if (snapshot != null && matchIndex >= snapshot.index()) {
      snapshot = null;
    }
  }

  /**
   * Whether this rejection is the first since nextIndex went back. All messages up to {@code
   * lastRound} were sent before it went back.
   */
  final boolean isNewRejection(long round, long lastRound) {
    if (round <= rejectedRound) {
      return false;
    }
    rejectedRound = lastRound;
    return true;
  }

  /** nextIndex went back. */
  void onRejection() {}

  /**
   * Whether a follower that was removed by this entry has received that it is committed, or has
   * probably crashed: it gets no more messages.
   */
  final boolean needsNoMoreMessages(long removalIndex) {
    return knownCommitIndex >= removalIndex || attempts > MAX_ATTEMPTS_AFTER_REMOVAL;
  }

  /** The snapshot to send: the one that is being sent already, else the latest. */
  final Snapshot snapshotToSend(Snapshot latest) {
    if (snapshot == null) {
      snapshot = latest;
      snapshotOffset = 0;
    }
    return snapshot;
  }

  final boolean isReceivingSnapshot() {
    return snapshot != null;
  }

  final int snapshotOffset() {
    return snapshotOffset;
  }

  /**
   * The follower has this many bytes of the snapshot. Returns whether the next part can be sent.
   */
  final boolean onSnapshotOffset(long index, int offset) {
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

  /**
   * The last entry of the snapshot that this follower is receiving, since it needs the entries
   * behind it next; {@link Long#MAX_VALUE} if it receives none or has probably crashed.
   */
  final long snapshotBeingSent() {
    return snapshot != null && attempts <= ATTEMPTS_UNTIL_DOWN ? snapshot.index() : Long.MAX_VALUE;
  }
}
