package raftlab.raft;

/** Numbers the leader's messages, and stores when each of the latest thousand was sent. */
final class SentMessages {
  private static final int CAPACITY = 1_024;
  static final long UNKNOWN = Long.MIN_VALUE;

  private final long[] sentAt = new long[CAPACITY];
  private long last;

  /** The number of a message that is sent now. */
  long next(long now) {
    last++;
    sentAt[(int) (last % CAPACITY)] = now;
    return last;
  }

  /** The number of the last message; 0 if none was sent. */
  long last() {
    return last;
  }

  /** When this message was sent; {@link #UNKNOWN} if it isn't stored any more. */
  long sentAt(long round) {
    return round > last - CAPACITY && round <= last ? sentAt[(int) (round % CAPACITY)] : UNKNOWN;
  }
}
