package raftlab.raft;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A leader's snapshot of which the first parts have arrived (§7). */
final class IncomingSnapshot {
  /** The array grows as parts arrive, since a message may claim any size. */
  private static final int FIRST_BYTES = 1 << 16;

  private final long index;
  private final long term;
  private final int size;
  private byte[] data;
  private int arrived;

  /**
   * @param size bytes of the whole
   */
  IncomingSnapshot(long index, long term, int size) {
    this.index = index;
    this.term = term;
    this.size = size;
    this.data = new byte[Math.min(size, FIRST_BYTES)];
  }

  long index() {
    return index;
  }

  long term() {
    return term;
  }

  int size() {
    return size;
  }

  /** How many bytes have arrived, without a gap from the first on. */
  int arrived() {
    return arrived;
  }

  boolean isOf(long otherIndex, long otherTerm, int otherSize) {
    return index == otherIndex && term == otherTerm && size == otherSize;
  }

  /** Adds a part. Returns false if it doesn't continue those that have arrived. */
  boolean add(int offset, byte[] part) {
    if (offset != arrived || part.length == 0 || part.length > size - arrived) {
      return false;
    }
    if (part.length > data.length - arrived) {
      long room = Math.max(2L * data.length, arrived + part.length);
      data = Arrays.copyOf(data, (int) Math.min(size, room));
    }
    ByteBuffer.wrap(data).position(arrived).put(part);
    arrived += part.length;
    return true;
  }

  boolean isComplete() {
    return arrived == size;
  }

  /** The whole snapshot; no part can be added any more. */
  Snapshot complete() {
    return new Snapshot(index, term, data);
  }
}
