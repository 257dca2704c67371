package raftlab.cluster.sim;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import raftlab.network.Seeds;
import raftlab.wire.Id;

/**
 * How long the way between the kit and a replica takes. Drawn for each message from the seed, its
 * link and the time, and from nothing that came before: one message more or less changes the way of
 * no other, so that a run can be played again with a little left out. All clients count as one.
 */
final class KitLinkDelay {
  /** It takes this long at least, in microseconds; 0 to as much again on top. */
  private static final int LEAST_MICROS = 100;

  /** Stands for all clients. */
  private static final int CLIENTS = 0x10000;

  /** So many messages of one link and one moment are told apart. */
  private static final int MOST_AT_ONCE = 1 << 12;

  private static final class Way {
    private final long seed;
    private long lastMicros = -1;
    private int before;

    Way(long seed) {
      this.seed = seed;
    }

    long micros(long nowMicros) {
      before = nowMicros == lastMicros ? before + 1 : 0;
      lastMicros = nowMicros;
      long moment = nowMicros * MOST_AT_ONCE + before;
      return LEAST_MICROS + new SplittableRandom(seed + moment).nextInt(LEAST_MICROS + 1);
    }
  }

  private final long seed;
  private final Predicate<Id> isReplica;
  private final Map<Long, Way> ways = new HashMap<>();

  KitLinkDelay(long seed, Predicate<Id> isReplica) {
    this.seed = seed;
    this.isReplica = isReplica;
  }

  /** The time that a message takes that is handed over now, in microseconds. */
  long micros(Id from, Id to, long nowMicros) {
    long sender = isReplica.test(from) ? from.value() : CLIENTS;
    return ways.computeIfAbsent(sender << 17 | to.value(), this::way).micros(nowMicros);
  }

  private Way way(long link) {
    return new Way(Seeds.generator(seed, "hops", link).nextLong());
  }
}
