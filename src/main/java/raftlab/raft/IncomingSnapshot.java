package raftlab.raft;

import java.nio.ByteBuffer;

/** A leader's snapshot of which the first parts have arrived (§7). */
final class IncomingSnapshot {
  private final long index;
  private final long term;
  private final byte[] data;
  private int arrived;

  /**
   * @param size bytes of the whole
   */
  IncomingSnapshot(long index, long term, int size) {
    this.index = index;
    this.term = term;
    this.data = new byte[size];
  }

  long index() {
    return index;
  }

  long term() {
    return term;
  }

  int size() {
    return data.length;
  }

  /** How many bytes have arrived, without a gap from the first on. */
  int arrived() {
    return arrived;
  }

  boolean isOf(long otherIndex, long otherTerm, int size) {
    return index == otherIndex && term == otherTerm && data.length == size;
  }

  /** Whether the part continues what is there; then it is taken. */
  boolean add(int offset, byte[] part) {
    if (offset != arrived || part.length == 0 || part.length > data.length - arrived) {
      return false;
    }
    ByteBuffer.wrap(data).position(arrived).put(part);
    arrived += part.length;
    return true;
  }

  boolean isComplete() {
    return arrived == data.length;
  }

  /** The whole; nothing can be added any more. */
  Snapshot complete() {
    return new Snapshot(index, term, data);
  }
}
