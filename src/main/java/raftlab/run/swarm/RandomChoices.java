package raftlab.run.swarm;

import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import raftlab.network.SeededGenerators;
import raftlab.scenario.file.ActionJson;

/** The random choices for one purpose; independent of the choices for others. */
final class RandomChoices {
  private final RandomGenerator random;

  RandomChoices(long seed, String concern) {
    this.random = SeededGenerators.generator(seed, "swarm " + concern, 0);
  }

  /** Whether an event of this probability, 0 to 1, happens. */
  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** Draws a whole number between these bounds, inclusive. */
  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  /** Draws one of these, all equally likely. */
  @SafeVarargs
  final <T> T any(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** Draws a number between two, with three digits after the point. */
  JsonPrimitive fraction(double least, double most) {
    double drawn = least + random.nextDouble() * (most - least);
    BigDecimal rounded = BigDecimal.valueOf(drawn).setScale(3, RoundingMode.HALF_UP);
    return new JsonPrimitive(new BigDecimal(rounded.stripTrailingZeros().toPlainString()));
  }

  /** Draws a number of milliseconds between these bounds and returns it in seconds. */
  JsonPrimitive seconds(int leastMillis, int mostMillis) {
    return ActionJson.seconds(between(leastMillis, mostMillis) * 1000L);
  }

  /** Draws a duration in milliseconds; short ones are more likely. */
  int duration(int mostMillis) {
    int most = Math.max(1, any(mostMillis / 20, mostMillis / 5, mostMillis));
    return between(Math.max(1, most / 10), most);
  }

  /** Returns these in random order. */
  <T> List<T> shuffled(List<T> sorted) {
    List<T> left = new ArrayList<>(sorted);
    List<T> shuffled = new ArrayList<>();
    while (!left.isEmpty()) {
      shuffled.add(left.remove(random.nextInt(left.size())));
    }
    return shuffled;
  }
}
