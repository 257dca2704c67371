package raftlab.network;

import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import raftlab.scenario.Delay;

/**
 * The random generators of one direction of a link, one for each concern: whether messages are
 * dropped doesn't change how long others are delayed. Dropped messages draw random numbers, too.
 */
final class LinkRandom {
  private final long seed;
  private final int link;
  private final RandomGenerator losses;

  /** The generators that were used so far, by concern. */
  private final Map<String, RandomGenerator> otherGenerators = new HashMap<>();

  LinkRandom(long seed, int link) {
    this.seed = seed;
    this.link = link;
    this.losses = SeededGenerators.generator(seed, "link", link);
  }

  /** Draws whether the next message is dropped. */
  boolean isLost(double probability) {
    return probability > 0 && losses.nextDouble() < probability;
  }

  /** Draws whether an event of this probability happens to the next message. */
  boolean happens(String concern, double probability) {
    return probability > 0 && generator(concern).nextDouble() < probability;
  }

  /** The generator of a concern. */
  RandomGenerator generator(String concern) {
    return otherGenerators.computeIfAbsent(
        concern, name -> SeededGenerators.generator(seed, name, link));
  }

  /**
   * Draws the next delay, in microseconds. StrictMath and a simple algorithm give the same delays
   * on every platform and JDK.
   */
  long micros(String concern, Delay delay) {
    if (delay.shape() == Delay.Shape.CONSTANT) {
      return delay.fromMicros();
    }
    RandomGenerator random = generator(concern);
    return switch (delay.shape()) {
      case CONSTANT -> delay.fromMicros();
      case UNIFORM -> random.nextLong(delay.fromMicros(), delay.toMicros() + 1);
      case EXPONENTIAL -> Math.round(-StrictMath.log(nextPositive(random)) * delay.fromMicros());
      case LONG_TAIL -> Math.round(StrictMath.exp(nextGaussian(random)) * delay.fromMicros());
    };
  }

  /** Uniformly distributed, above 0, at most 1. */
  private static double nextPositive(RandomGenerator random) {
    return 1 - random.nextDouble();
  }

  /** Normally distributed (Box-Muller transform). */
  private static double nextGaussian(RandomGenerator random) {
    double distance = StrictMath.sqrt(-2 * StrictMath.log(nextPositive(random)));
    return distance * StrictMath.cos(2 * Math.PI * random.nextDouble());
  }
}
