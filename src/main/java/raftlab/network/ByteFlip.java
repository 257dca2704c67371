package raftlab.network;

import java.util.random.RandomGenerator;

/**
 * A change of one byte.
 *
 * @param place which byte, from 0
 * @param bits which bits of it are turned over, 1 to 255
 */
public record ByteFlip(int place, int bits) {
  /** A flip somewhere in a message of this length. */
  static ByteFlip random(int bytes, RandomGenerator random) {
    return new ByteFlip(random.nextInt(bytes), random.nextInt(1, 256));
  }

  /** What becomes of these bytes, which themselves stay as they are. */
  public byte[] applyTo(byte[] bytes) {
    byte[] changed = bytes.clone();
    changed[place] ^= (byte) bits;
    return changed;
  }
}
