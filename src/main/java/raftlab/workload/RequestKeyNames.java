package raftlab.workload;

import java.util.random.RandomGenerator;
import raftlab.scenario.TrafficPlan.Keys;
import raftlab.wire.Id;

/**
 * Names the keys of a client: {@code key-0}, {@code key-1} and so on, the same for all clients, or
 * with {@code own} one set for each client: {@code 0019-key-0}. Unusual names come from {@link
 * UnusualKeyNames}; if there are too few of those, or each client has its own keys, a suffix is
 * added.
 *
 * @param client the client that uses these keys
 */
record RequestKeyNames(Keys keys, Id client) {
  /**
   * Returns the name of a key.
   *
   * @param number 0 to one less than the number of keys
   */
  String name(int number) {
    if (!keys.unusual()) {
      return (keys.perClient() ? client + "-" : "") + "key-" + number;
    }
    int odd = UnusualKeyNames.ALL.size();
    String round = number < odd ? "" : UnusualKeyNames.SEPARATOR + number / odd;
    String owner = keys.perClient() ? UnusualKeyNames.SEPARATOR + client : "";
    return UnusualKeyNames.ALL.get(number % odd) + owner + round;
  }

  /** Returns a random name: the first with the probability {@code hot}, else any. */
  String randomName(RandomGenerator random) {
    return name(random.nextDouble() < keys.hotKeyProbability() ? 0 : random.nextInt(keys.count()));
  }
}
