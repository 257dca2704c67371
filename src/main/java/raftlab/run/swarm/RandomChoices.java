package raftlab.run.swarm;

import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import raftlab.network.Seeds;
import raftlab.scenario.file.ActionJson;

/** The random choices of one concern of a scenario: what another concern draws changes none. */
final class RandomChoices {
  private final RandomGenerator random;

  RandomChoices(long seed, String concern) {
    this.random = Seeds.generator(seed, "swarm " + concern, 0);
  }

  /** Whether something of this probability, 0 to 1, happens. */
  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** A whole number; both bounds are possible. */
  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  /** One of these, each as likely. */
  @SafeVarargs
  final <T> T any(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** A number between two, with three digits after the point. */
  JsonPrimitive fraction(double least, double most) {
    double drawn = least + random.nextDouble() * (most - least);
    BigDecimal rounded = BigDecimal.valueOf(drawn).setScale(3, RoundingMode.HALF_UP);
    return new JsonPrimitive(new BigDecimal(rounded.stripTrailingZeros().toPlainString()));
  }

  /** So many milliseconds or up to that many, in seconds. */
  JsonPrimitive seconds(int leastMillis, int mostMillis) {
    return ActionJson.seconds(between(leastMillis, mostMillis) * 1000L);
  }

  /** A duration that is short more often than long, in milliseconds. */
  int duration(int mostMillis) {
    int most = Math.max(1, any(mostMillis / 20, mostMillis / 5, mostMillis));
    return between(Math.max(1, most / 10), most);
  }

  /** These in a random order. */
  <T> List<T> shuffled(List<T> sorted) {
    List<T> left = new ArrayList<>(sorted);
    List<T> shuffled = new ArrayList<>();
    while (!left.isEmpty()) {
      shuffled.add(left.remove(random.nextInt(left.size())));
    }
    return shuffled;
  }
}
