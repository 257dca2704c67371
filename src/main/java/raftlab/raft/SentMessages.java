package raftlab.raft;

/** The numbers of the messages that a leader sends, and when each of the last thousand was sent. */
final class SentMessages {
  private static final int REMEMBERED = 1_024;
  static final long UNKNOWN = Long.MIN_VALUE;

  private final long[] sentAt = new long[REMEMBERED];
  private long last;

  /** The number of the next message, which is sent now. */
  long next(long now) {
    last++;
    sentAt[(int) (last % REMEMBERED)] = now;
    return last;
  }

  /** The number of the last message; 0 if none was sent. */
  long last() {
    return last;
  }

  /** When this message was sent; {@link #UNKNOWN} if it is too long ago. */
  long sentAt(long round) {
    return round > last - REMEMBERED && round <= last
        ? sentAt[(int) (round % REMEMBERED)]
        : UNKNOWN;
  }
}
