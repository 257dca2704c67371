package raftlab.judge.live;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import raftlab.network.Network;
import raftlab.scenario.Action;
import raftlab.scenario.Delay;
import raftlab.scenario.LinkConditions;
import raftlab.wire.Id;

/** Tracks the state of the links between replicas, from the events of the trace. */
final class LinkStates {
  /** The largest loss with which a correct replica with the paper's timeouts keeps its leader. */
  private static final double MOST_LOSS = 0.1;

  private static final long MOST_DELAY_MICROS = 50_000;

  /** For delays without an upper bound: hardly any are above {@link #MOST_DELAY_MICROS} then. */
  private static final long MOST_MEAN_MICROS = 10_000;

  private static final long MOST_MEDIAN_MICROS = 3_000;

  private final List<Id> replicas;
  private final Network network;

  LinkStates(Collection<Id> replicas, LinkConditions conditions) {
    this.replicas = new ArrayList<>(replicas);
    this.network = new Network(0, replicas, conditions);
  }

  /** Adds a replica, with the same links as its neighbour. */
  void joined(Id newcomer, Id neighbour) {
    replicas.add(newcomer);
    network.topology(network.topology().place(newcomer, neighbour));
  }

  boolean connects(Id from, Id to) {
    return network.topology().connects(from, to);
  }

  boolean loses(Id from, Id to) {
    return network.conditions(from, to).loss() > 0;
  }

  /** Whether nearly all messages from one to the other arrive unchanged and soon. */
  boolean isGood(Id from, Id to) {
    LinkConditions conditions = network.conditions(from, to);
    return connects(from, to)
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

  /**
   * This was done, with all replicas by their IDs; what isn't about links changes nothing. Whoever
   * is left out stands for all, unless the choice had found nobody: only the words tell.
   */
  void played(Action action, String how, List<Id> members) {
    List<Id> who = action.who().ids();
    if (action.detail() instanceof Action.Cut cut) {
      if (!how.endsWith(" nobody")) {
        cut(who, cut);
      }
    } else if (action.detail() instanceof Action.Groups groups) {
      List<Set<Id>> sets = new ArrayList<>();
      groups.groups().forEach(group -> sets.add(new HashSet<>(group.ids())));
      network.topology(network.topology().partition(sets));
    } else if (action.detail() instanceof Action.Slow slow) {
      who.forEach(id -> slow(id, slow.by()));
    } else if (action.detail() instanceof Action.Links links) {
      conditions(who, links, how.startsWith("all links"));
    } else {
      rewire(action, who, members);
    }
  }

  private void rewire(Action action, List<Id> who, List<Id> members) {
    switch (action.type()) {
      case HEAL ->
          network.topology(
              who.isEmpty() ? network.topology().heal() : network.topology().heal(who));
      case RING -> network.topology(network.topology().ring(who));
      case BRIDGE -> {
        List<Id> others = members.stream().filter(id -> !who.contains(id)).toList();
        Id middle = who.isEmpty() ? Id.BROADCAST : who.get(0);
        network.topology(network.topology().bridge(middle, others.subList(0, others.size() / 2)));
      }
      default -> {
        // It isn't about links.
      }
    }
  }

  private void cut(List<Id> who, Action.Cut cut) {
    List<Id> others = new ArrayList<>(cut.from().isNobody() ? replicas : cut.from().ids());
    others.removeAll(who);
    switch (cut.way()) {
      case BOTH -> network.topology(network.topology().cut(who, others, true));
      case OUT -> network.topology(network.topology().cut(who, others, false));
      case IN -> network.topology(network.topology().cut(others, who, false));
    }
  }

  private void slow(Id replica, Delay by) {
    for (Id other : replicas) {
      if (!other.equals(replica)) {
        LinkConditions usual = network.conditions();
        network.conditions(other, replica, by.equals(Delay.NONE) ? usual : usual.withDelay(by));
      }
    }
  }

  private void conditions(List<Id> who, Action.Links links, boolean ofAll) {
    if (links.clients()) {
      return;
    } else if (ofAll) {
      network.conditions(links.conditions());
      return;
    }
    for (Id from : who) {
      for (Id to : links.to().ids()) {
        if (!from.equals(to)) {
          network.conditions(from, to, links.conditions());
        }
      }
    }
  }
}
