package raftlab.workload;

import java.util.random.RandomGenerator;
import raftlab.scenario.TrafficPlan.Keys;
import raftlab.wire.Id;

/**
 * The names of the keys that a client asks for: {@code key-0}, {@code key-1} and so on, the same
 * for all clients of all plans unless a plan wants them to have keys of their own: {@code
 * 0019-key-0}. Odd ones are made of {@link UnusualKeyNames}: as long as there are enough of those,
 * a key is just one of them; further keys, and keys of a client's own, have something added at the
 * end.
 *
 * @param client whose keys these are, if they are its own
 */
record RequestKeyNames(Keys keys, Id client) {
  /** The name of a key, 0 to one less than there are. */
  String name(int number) {
    if (!keys.odd()) {
      return (keys.own() ? client + "-" : "") + "key-" + number;
    }
    int odd = UnusualKeyNames.ALL.size();
    String round = number < odd ? "" : UnusualKeyNames.SEPARATOR + number / odd;
    String owner = keys.own() ? UnusualKeyNames.SEPARATOR + client : "";
    return UnusualKeyNames.ALL.get(number % odd) + owner + round;
  }

  /** The name of one of them: of the first with the probability {@code hot}, else of any. */
  String any(RandomGenerator random) {
    return name(random.nextDouble() < keys.hot() ? 0 : random.nextInt(keys.count()));
  }
}
