package raftlab.run.swarm;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * What can go wrong in a random scenario. A kind is on or off for a whole run ("swarm testing",
 * Groce et al. 2012): if everything were always on, one kind would hide what another does, and some
 * combinations would never come up alone.
 */
enum FaultKind {
  /** Messages between replicas are lost. */
  LOSS(1),
  /** They are late. */
  DELAY(1),
  /** They arrive twice. */
  DUPLICATES(1),
  /** Some are held back, so that others overtake them. */
  REORDER(1),
  /** Links are narrow. */
  BANDWIDTH(0.4),
  /** The links of clients have the same troubles. */
  CLIENT_LINKS(0.5),
  /** What happens to messages changes during the run, on all links or on some. */
  WEATHER(0.7),
  /** What is sent to some replicas comes late. */
  SLOW(0.6),
  /** Replicas are cut off from others. */
  CUT(0.8),
  /** Links are cut in one direction. */
  ONE_WAY(0.8),
  /** The network falls into groups. */
  PARTITION(0.8),
  /** Two halves that one replica joins. */
  BRIDGE(0.5),
  /** Each replica reaches its neighbours only. */
  RING(0.4),
  /** Replicas are killed, and come back later. */
  CRASH(1),
  /** They are killed in the middle of what they do. */
  MIDWAY(0.8),
  /** They are killed and started again at once. */
  RESTART(0.8),
  /** All are killed at once and started again. */
  RESTART_ALL(0.3),
  /** Replicas stand still. */
  PAUSE(0.8),
  /** Clocks go too fast or too slow, within what replicas promise to bear. */
  CLOCKS(0.6),
  /** A crash leaves a record in part. */
  TORN(0.5),
  /** Something happens at a certain message. */
  TRIGGERS(0.7),
  /** Another replica is to lead. */
  TRANSFER(0.5),
  /** Replicas join. */
  ADD(0.4),
  /** Replicas leave. */
  REMOVE(0.4);

  private final double weight;

  FaultKind(double weight) {
    this.weight = weight;
  }

  /** Those that are on: in some runs few, in some many. */
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

  /** Its name in a title. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
