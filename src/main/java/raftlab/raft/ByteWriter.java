package raftlab.raft;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import raftlab.wire.Id;

/** Writes numbers and texts one after another, for {@link ByteReader} to read. Grows as needed. */
final class ByteWriter {
  private ByteBuffer out;

  /**
   * @param expected about how many bytes are going to be written
   */
  ByteWriter(int expected) {
    out = ByteBuffer.allocate(Math.max(16, expected));
  }

  ByteWriter tag(byte tag) {
    room(1).put(tag);
    return this;
  }

  ByteWriter number(long number) {
    room(8).putLong(number);
    return this;
  }

  ByteWriter text(String text) {
    return block(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A replica; null for none. */
  ByteWriter id(@Nullable Id id) {
    return number(id == null ? -1 : id.value());
  }

  /** Bytes with their number in front. */
  ByteWriter block(byte[] block) {
    number(block.length);
    room(block.length).put(block);
    return this;
  }

  private ByteBuffer room(int count) {
    if (out.remaining() < count) {
      int length = Math.max(out.capacity() * 2, out.position() + count);
      out = ByteBuffer.allocate(length).put(out.flip());
    }
    return out;
  }

  byte[] bytes() {
    return out.hasRemaining() ? Arrays.copyOf(out.array(), out.position()) : out.array();
  }
}
