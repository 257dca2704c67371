package raftlab.run.swarm;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * The kinds of faults in a random scenario. A kind is on or off for a whole run ("swarm testing",
 * Groce et al. 2012): if all were always on, one kind would hide the effects of another, and some
 * combinations would never occur alone.
 */
enum FaultKind {
  /** Messages between replicas are dropped. */
  LOSS(1),
  /** Messages are delayed. */
  DELAY(1),
  /** Messages are duplicated. */
  DUPLICATES(1),
  /** Messages are reordered. */
  REORDER(1),
  /** Links have a low bandwidth. */
  BANDWIDTH(0.4),
  /** The links of clients have these faults too. */
  CLIENT_LINKS(0.5),
  /** Conditions change during the run, on all links or on some. */
  WEATHER(0.7),
  /** Messages to some replicas are delayed. */
  SLOW(0.6),
  /** Replicas are cut off from others. */
  CUT(0.8),
  /** Links are cut in one direction. */
  ONE_WAY(0.8),
  /** The network is partitioned. */
  PARTITION(0.8),
  /** Two halves that only one replica connects. */
  BRIDGE(0.5),
  /** Each replica reaches its neighbours only. */
  RING(0.4),
  /** Replicas crash and are restarted later. */
  CRASH(1),
  /** Replicas crash in the middle of a step. */
  MIDWAY(0.8),
  /** Replicas crash and are restarted at once. */
  RESTART(0.8),
  /** All replicas crash and are restarted at once. */
  RESTART_ALL(0.3),
  /** Replicas are paused. */
  PAUSE(0.8),
  /** Clocks run too fast or too slow, within the bounds that replicas must tolerate. */
  CLOCKS(0.6),
  /** A crash leaves an incomplete record. */
  TORN(0.5),
  /** A message triggers a fault. */
  TRIGGERS(0.7),
  /** Messages of one type arrive late, some after a later election. */
  LATE(0.8),
  /** A leader is deposed while clients still read from it. */
  DEPOSED(0.8),
  /** Leadership is transferred. */
  TRANSFER(0.5),
  /** Replicas are added. */
  ADD(0.4),
  /** Replicas are removed. */
  REMOVE(0.4),
  /** Faults come in the middle of membership changes and leadership transfers. */
  INTERRUPTED(0.8);

  private final double weight;

  FaultKind(double weight) {
    this.weight = weight;
  }

  /** Draws the kinds of a run: few in some runs, many in others. */
  static Set<FaultKind> draw(RandomChoices dice) {
    double density = dice.any(0.1, 0.25, 0.4, 0.6);
    Set<FaultKind> on = EnumSet.noneOf(FaultKind.class);
    for (FaultKind kind : values()) {
      if (dice.chance(density * kind.weight)) {
        on.add(kind);
      }
    }
    return on;
  }

  /**
   * Whether it needs more than the contract: changes of members, transfers, or a torn write, for
   * which the kit has to know the replica's files.
   */
  boolean needsExtensions() {
    return switch (this) {
      case TORN, TRANSFER, ADD, REMOVE, INTERRUPTED -> true;
      default -> false;
    };
  }

  /** Returns its name in a title. */
  String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
