package raftlab.judge.live;

import raftlab.scenario.Delay;
import raftlab.scenario.LinkConditions;
import raftlab.trace.LinkState;
import raftlab.wire.Id;

/**
 * Decides which links are good enough for a correct replica with the paper's timeouts to keep its
 * leader.
 */
final class LinkQuality {
  private static final double MOST_LOSS = 0.1;

  private static final long MOST_DELAY_MICROS = 50_000;

  /** For delays without an upper bound: hardly any are above {@link #MOST_DELAY_MICROS} then. */
  private static final long MOST_MEAN_MICROS = 10_000;

  private static final long MOST_MEDIAN_MICROS = 3_000;

  private LinkQuality() {}

  /** Whether nearly all messages from one to the other arrive unchanged and soon. */
  static boolean isGood(LinkState links, Id from, Id to) {
    LinkConditions conditions = links.conditions(from, to);
    return links.connects(from, to)
        && conditions.loss() <= MOST_LOSS
        && conditions.corrupt() == 0
        && conditions.bandwidth() == 0
        && isShort(conditions.delay())
        && (conditions.reorder() == 0 || isShort(conditions.reorderBy()));
  }

  private static boolean isShort(Delay delay) {
    return switch (delay.shape()) {
      case CONSTANT, UNIFORM -> delay.toMicros() <= MOST_DELAY_MICROS;
      case EXPONENTIAL -> delay.fromMicros() <= MOST_MEAN_MICROS;
      case LONG_TAIL -> delay.fromMicros() <= MOST_MEDIAN_MICROS;
    };
  }
}
