package raftlab.trace;

import java.util.List;
import raftlab.scenario.LinkConditions;
import raftlab.wire.Id;

/**
 * A lasting change of the emulated network's links or of a replica's machine. The runner records it
 * after it has applied it, with all random choices resolved.
 *
 * <p>Effects are states, not steps: a later one replaces an earlier one of the same kind. A fault
 * with a duration has a second effect at its end. {@link LinkState} combines the effects on links.
 */
public sealed interface FaultEffect {
  /**
   * Exactly these links between replicas are cut from now on; all others are whole. Also recorded
   * when a replica joins a network that is cut.
   *
   * @param cut ascending by sender, then by receiver
   */
  record LinksCut(List<DirectedLink> cut) implements FaultEffect {
    /** Copies the list. */
    public LinksCut {
      cut = List.copyOf(cut);
    }
  }

  /**
   * These conditions apply to all links between replicas; conditions of single links are cleared.
   */
  record AllLinkConditions(LinkConditions conditions) implements FaultEffect {}

  /**
   * These conditions apply to each link from one of {@code from} to another replica of {@code to},
   * until conditions are set for that link or for all links.
   */
  record LinkConditionsBetween(List<Id> from, List<Id> to, LinkConditions conditions)
      implements FaultEffect {
    /** Copies the lists. */
    public LinkConditionsBetween {
      from = List.copyOf(from);
      to = List.copyOf(to);
    }
  }

  /** These conditions apply to the links of clients and of the operator, in both directions. */
  record ClientLinkConditions(LinkConditions conditions) implements FaultEffect {}

  /** A replica's clock runs at {@code rate} times the speed of time. */
  record ClockRate(Id replica, double rate) implements FaultEffect {}

  /**
   * A replica's disk is in this state.
   *
   * @param how describes what was done, for people only
   * @param mayEnd whether the replica may exit from now on because its disk is damaged or full
   */
  record DiskChanged(Id replica, Disk state, String how, boolean mayEnd) implements FaultEffect {}

  /** The state of a disk. */
  enum Disk {
    /** It works. What was corrupted before stays corrupted. */
    SOUND,
    /** The next crash leaves the last record incomplete. */
    TORN,
    /** A stored byte was changed. */
    CORRUPT,
    /** No more bytes can be written. */
    FULL,
    /** Each sync takes a long time. */
    SLOW
  }
}
