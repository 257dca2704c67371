package raftlab.raft;

import java.util.List;

/**
 * The messages to one follower that have no reply yet, and the entry that the next message begins
 * with. It bounds how much is under way at once: more than that would overflow the receiver's
 * buffer on a slow link.
 */
final class SendWindow {
  private long nextToSend;

  /** Messages under way; those taken for lost don't count. */
  private int messages;

  /** Bytes of entries, or of a snapshot, in these. */
  private long bytes;

  SendWindow(long nextIndex) {
    nextToSend = nextIndex;
  }

  long nextToSend() {
    return nextToSend;
  }

  boolean hasRoom(int maxMessages, long maxBytes) {
    return messages < maxMessages && bytes < maxBytes;
  }

  void onEntriesSent(List<LogEntry> entries) {
    for (int i = 0; i < entries.size(); i++) {
      bytes += entries.get(i).bytes();
    }
    messages++;
    nextToSend += entries.size();
  }

  void onBytesSent(long sent) {
    messages++;
    bytes += sent;
  }

  /**
   * A new reply has arrived. Replies of earlier messages may have been lost, so the mean size is
   * subtracted, not that of the message.
   *
   * @param isWaiting whether a later message has no reply yet
   */
  void onReply(boolean isWaiting) {
    bytes -= messages == 0 ? 0 : bytes / messages;
    messages = isWaiting ? Math.max(0, messages - 1) : 0;
    bytes = messages == 0 ? 0 : bytes;
  }

  /** The follower has the entries before this one. */
  void skipTo(long index) {
    nextToSend = Math.max(nextToSend, index);
  }

  /** All that is under way is taken for lost, or was rejected: sends again from here on. */
  void restartAt(long index) {
    nextToSend = index;
    messages = 0;
    bytes = 0;
  }
}
