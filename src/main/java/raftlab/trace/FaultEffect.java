package raftlab.trace;

import java.util.List;
import raftlab.scenario.LinkConditions;
import raftlab.wire.Id;

/**
 * What is different from now on for replicas: the links of the emulated network, or the machine of
 * a replica. The runner records it when it has applied it, with all choices resolved.
 *
 * <p>Effects are states, not steps: a later one replaces an earlier one of the same kind. A fault
 * that ends after some time has a second effect then. {@link LinkState} folds those of the links.
 */
public sealed interface FaultEffect {
  /**
   * Exactly these links between replicas are cut from now on; all others are whole. Also recorded
   * when a replica joins a network that is cut.
   *
   * @param cut ascending by sender, then by receiver
   */
  record LinksCut(List<DirectedLink> cut) implements FaultEffect {
    /** Takes a copy of the list. */
    public LinksCut {
      cut = List.copyOf(cut);
    }
  }

  /** These conditions hold on all links between replicas; none has its own any more. */
  record AllLinkConditions(LinkConditions conditions) implements FaultEffect {}

  /**
   * These conditions hold on each link from one of {@code from} to another replica of {@code to},
   * until conditions are set for it, or for all links.
   */
  record LinkConditionsBetween(List<Id> from, List<Id> to, LinkConditions conditions)
      implements FaultEffect {
    /** Takes copies of the lists. */
    public LinkConditionsBetween {
      from = List.copyOf(from);
      to = List.copyOf(to);
    }
  }

  /** These conditions hold on the links of clients and of the operator, in both directions. */
  record ClientLinkConditions(LinkConditions conditions) implements FaultEffect {}

  /** A replica's clock runs at {@code rate} times the speed of time. */
  record ClockRate(Id replica, double rate) implements FaultEffect {}

  /**
   * A replica's disk is in this state.
   *
   * @param how what was done, in words, for people only
   * @param mayEnd whether the replica may end by itself from now on: its disk is damaged or full
   */
  record DiskChanged(Id replica, Disk state, String how, boolean mayEnd) implements FaultEffect {}

  /** The state of a disk. */
  enum Disk {
    /** It works. What was corrupted before stays corrupted. */
    SOUND,
    /** The record that is written when the replica crashes next is stored in part only. */
    TORN,
    /** A stored byte was changed. */
    CORRUPT,
    /** No more bytes can be written. */
    FULL,
    /** Each sync takes a long time. */
    SLOW
  }
}
