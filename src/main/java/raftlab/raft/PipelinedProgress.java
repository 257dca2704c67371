package raftlab.raft;

import java.util.List;

/**
 * A follower to which several messages are under way at once ({@link SendWindow}), and whose
 * unanswered messages are taken for lost after a measured time ({@link RetransmitTimeout}).
 *
 * <p>{@link #nextToSend} runs ahead of nextIndex: it moves with each message as if that had
 * arrived. After a loss or a rejection it goes back to nextIndex.
 */
final class PipelinedProgress extends FollowerProgress {
  private final SendWindow window;
  private final RetransmitTimeout timeout;

  PipelinedProgress(RaftSettings settings, LossEstimate lossEstimate, long nextIndex, long now) {
    super(settings, nextIndex, now);
    window = new SendWindow(nextIndex);
    timeout = new RetransmitTimeout(settings, lossEstimate);
  }

  @Override
  long overdueAt() {
    return lastSentAt + timeout.millis(attempts);
  }

  @Override
  boolean hasRoom() {
    // One message at a time while nextIndex is a guess, and of a snapshot.
    int most = matched && !isReceivingSnapshot() ? settings.get(Setting.WINDOW) : 1;
    return window.hasRoom(most, settings.get(Setting.WINDOW_BYTES));
  }

  @Override
  long nextToSend() {
    return window.nextToSend();
  }

  @Override
  void onEntriesSent(List<LogEntry> entries) {
    window.onEntriesSent(entries);
  }

  @Override
  void onSnapshotBytesSent(int bytes) {
    window.onBytesSent(bytes);
  }

  @Override
  void onTimeout() {
    super.onTimeout();
    window.restartAt(nextIndex);
    if (attempts <= ATTEMPTS_UNTIL_DOWN) {
      timeout.onLoss(); // else the follower has crashed, which says nothing about the network
    }
  }

  @Override
  boolean onReply(long round, long sentAt, long now) {
    if (sentAt != SentMessages.UNKNOWN) {
      timeout.onRoundTrip(now - sentAt);
    }
    boolean isNew = super.onReply(round, sentAt, now);
    if (isNew) {
      window.onReply(isWaiting());
      timeout.onNewReply();
    }
    return isNew;
  }

  @Override
  void onMatch() {
    super.onMatch();
    window.skipTo(matchIndex + 1);
  }

  /**
   * nextIndex is a guess again: if many messages were sent and the first was lost, the follower
   * would reject all others, and its rejections would cause as many again.
   */
  @Override
  void onRejection() {
    matched = false;
    window.restartAt(nextIndex);
  }
}
