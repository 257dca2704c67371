package raftlab.network;

import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import raftlab.scenario.Delay;

/**
 * The dice of one link in one direction: a generator for each concern, so that the delays are the
 * same whether messages get lost or not. Lost messages are rolled for like all others.
 */
final class LinkRandom {
  private final long seed;
  private final int link;
  private final RandomGenerator losses;

  /** Those that are needed, by concern. */
  private final Map<String, RandomGenerator> others = new HashMap<>();

  LinkRandom(long seed, int link) {
    this.seed = seed;
    this.link = link;
    this.losses = Seeds.generator(seed, "link", link);
  }

  /** Whether the next message is lost. */
  boolean loses(double probability) {
    return probability > 0 && losses.nextDouble() < probability;
  }

  /** Whether what happens with this probability happens to the next message. */
  boolean happens(String concern, double probability) {
    return probability > 0 && of(concern).nextDouble() < probability;
  }

  /** The generator of a concern. */
  RandomGenerator of(String concern) {
    return others.computeIfAbsent(concern, name -> Seeds.generator(seed, name, link));
  }

  /**
   * The next delay, in microseconds. Every platform and every JDK must draw the same ones, hence
   * the strict functions and the plain method.
   */
  long micros(String concern, Delay delay) {
    if (delay.shape() == Delay.Shape.CONSTANT) {
      return delay.fromMicros();
    }
    RandomGenerator random = of(concern);
    return switch (delay.shape()) {
      case CONSTANT -> delay.fromMicros();
      case UNIFORM -> random.nextLong(delay.fromMicros(), delay.toMicros() + 1);
      case EXPONENTIAL -> Math.round(-StrictMath.log(positive(random)) * delay.fromMicros());
      case LONG_TAIL -> Math.round(StrictMath.exp(normal(random)) * delay.fromMicros());
    };
  }

  /** More than 0, 1 at most. */
  private static double positive(RandomGenerator random) {
    return 1 - random.nextDouble();
  }

  /** Normally distributed, by the method of Box and Muller. */
  private static double normal(RandomGenerator random) {
    double distance = StrictMath.sqrt(-2 * StrictMath.log(positive(random)));
    return distance * StrictMath.cos(2 * Math.PI * random.nextDouble());
  }
}
