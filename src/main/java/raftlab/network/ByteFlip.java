package raftlab.network;

import java.util.random.RandomGenerator;

/**
 * Bits of one byte that are flipped in a corrupted message.
 *
 * @param index the index of the byte, from 0
 * @param mask a mask of the bits to flip, 1 to 255
 */
public record ByteFlip(int index, int mask) {
  /** A flip at a random place of a message of this length. */
  static ByteFlip random(int bytes, RandomGenerator random) {
    return new ByteFlip(random.nextInt(bytes), random.nextInt(1, 256));
  }

  /** Returns a changed copy of these bytes. */
  public byte[] applyTo(byte[] bytes) {
    byte[] changed = bytes.clone();
    changed[index] ^= (byte) mask;
    return changed;
  }
}
