package raftlab.raft;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import raftlab.wire.Id;

/** Reads what a {@link ByteWriter} wrote, and checks all of it. */
final class ByteReader {
  /** The bytes don't have what is read; the message completes a sentence about them. */
  static final class DamagedException extends Exception {
    DamagedException(String problem) {
      super(problem);
    }
  }

  private final byte[] bytes;
  private int at;

  ByteReader(byte[] bytes) {
    this.bytes = bytes;
  }

  boolean isAtEnd() {
    return at == bytes.length;
  }

  /** All bytes must have been read. */
  void end() throws DamagedException {
    if (!isAtEnd()) {
      throw new DamagedException("has " + (bytes.length - at) + " bytes too many");
    }
  }

  byte tag() throws DamagedException {
    need(1);
    return bytes[at++];
  }

  long number() throws DamagedException {
    need(8);
    long number = 0;
    for (int i = 0; i < 8; i++) {
      number = number << 8 | bytes[at++] & 0xFF;
    }
    return number;
  }

  /** A number that the protocol uses: 0 to {@link MessageCodec#MAX_NUMBER}. */
  long count() throws DamagedException {
    long number = number();
    if (number < 0 || number > MessageCodec.MAX_NUMBER) {
      throw new DamagedException("has the number " + number + " where none below 0 can be");
    }
    return number;
  }

  String text() throws DamagedException {
    int length = length();
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  byte[] block() throws DamagedException {
    int length = length();
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  private int length() throws DamagedException {
    long length = number();
    if (length < 0 || length > bytes.length - at) {
      throw new DamagedException("has a part of " + length + " bytes, longer than itself");
    }
    return (int) length;
  }

  /** A replica; null for none. */
  @Nullable Id id() throws DamagedException {
    long value = number();
    if (value < -1 || value >= 0xFFFF) {
      throw new DamagedException("names " + value + ", which is no replica's ID");
    }
    return value < 0 ? null : Id.of((int) value);
  }

  private void need(int count) throws DamagedException {
    if (bytes.length - at < count) {
      throw new DamagedException("ends too early");
    }
  }
}
