package raftlab.network;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Derives independent random generators from one seed, one for each concern. One more request, for
 * instance, doesn't change which messages are dropped.
 */
public final class SeededGenerators {
  private SeededGenerators() {}

  /**
   * The generator of a concern.
   *
   * @param concern its name, such as {@code clients}
   * @param part the number among generators of the same concern, such as a replica's number
   */
  public static RandomGenerator generator(long seed, String concern, long part) {
    return new SplittableRandom(mix(mix(seed ^ mix(concern.hashCode())) + part));
  }

  /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014): close inputs give unrelated outputs. */
  private static long mix(long z) {
    z += 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
