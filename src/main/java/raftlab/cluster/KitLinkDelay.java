package raftlab.cluster;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import raftlab.network.SeededGenerators;
import raftlab.wire.Id;

/**
 * Draws the delay of a message between the kit and a replica from the seed, the link and the time.
 * It doesn't depend on earlier messages, so a run can be replayed with some messages left out and
 * the delays of the others stay. All clients count as one.
 */
public final class KitLinkDelay {
  /** The least delay in microseconds; a random part of up to the same length is added. */
  private static final int MIN_MICROS = 100;

  /** Stands for all clients. */
  private static final int ALL_CLIENTS = 0x10000;

  /** The most messages of one link and one moment that get different delays. */
  private static final int MAX_AT_ONCE = 1 << 12;

  private static final class DirectedLink {
    private final long seed;
    private long lastMicros = -1;
    private int sentAtSameMoment;

    DirectedLink(long seed) {
      this.seed = seed;
    }

    long nextDelayMicros(long nowMicros) {
      sentAtSameMoment = nowMicros == lastMicros ? sentAtSameMoment + 1 : 0;
      lastMicros = nowMicros;
      long moment = nowMicros * MAX_AT_ONCE + sentAtSameMoment;
      return MIN_MICROS + new SplittableRandom(seed + moment).nextInt(MIN_MICROS + 1);
    }
  }

  private final long seed;
  private final Predicate<Id> isReplica;
  private final Map<Long, DirectedLink> links = new HashMap<>();

  /** Draws delays from this seed; {@code isReplica} knows the replicas. */
  public KitLinkDelay(long seed, Predicate<Id> isReplica) {
    this.seed = seed;
    this.isReplica = isReplica;
  }

  /** Returns the delay of a message that is sent now, in microseconds. */
  public long micros(Id from, Id to, long nowMicros) {
    long sender = isReplica.test(from) ? from.value() : ALL_CLIENTS;
    return links
        .computeIfAbsent(sender << 17 | to.value(), this::directedLink)
        .nextDelayMicros(nowMicros);
  }

  private DirectedLink directedLink(long link) {
    return new DirectedLink(SeededGenerators.generator(seed, "hops", link).nextLong());
  }
}
