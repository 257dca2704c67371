package raftlab.network;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import raftlab.trace.DirectedLink;
import raftlab.wire.Id;

/**
 * Which replica can send to which: a relation with a direction, since a link may be cut one way
 * only. It never changes; what cuts or heals gives another one.
 */
public final class Topology {
  /** All, in the order in which {@link #groups} shows them. */
  private final List<Id> replicas;

  /** By sender, whom it can't send to; nothing for a sender that reaches all. */
  private final Map<Id, Set<Id>> cut;

  private Topology(List<Id> replicas, Map<Id, Set<Id>> cut) {
    this.replicas = List.copyOf(replicas);
    this.cut = Map.copyOf(cut);
  }

  private static Topology of(List<Id> replicas, BiPredicate<Id, Id> isCut) {
    Map<Id, Set<Id>> cut = new HashMap<>();
    for (Id from : replicas) {
      Set<Id> unreachable = new HashSet<>();
      for (Id to : replicas) {
        if (!from.equals(to) && isCut.test(from, to)) {
          unreachable.add(to);
        }
      }
      if (!unreachable.isEmpty()) {
        cut.put(from, unreachable);
      }
    }
    return new Topology(replicas, cut);
  }

  /** All of these replicas reach each other. */
  public static Topology whole(Collection<Id> replicas) {
    return new Topology(replicas.stream().sorted().toList(), Map.of());
  }

  /** Whether no link is cut. */
  public boolean isWhole() {
    return cut.isEmpty();
  }

  /** Whether a message from one reaches the other; always if one of them is no replica. */
  public boolean connects(Id from, Id to) {
    return cut.isEmpty() || !cut.getOrDefault(from, Set.of()).contains(to);
  }

  /** The links that are cut, ascending by sender, then by receiver. */
  public List<DirectedLink> cutLinks() {
    return cut.keySet().stream()
        .sorted()
        .flatMap(from -> cut.get(from).stream().sorted().map(to -> new DirectedLink(from, to)))
        .toList();
  }

  /** Whether messages between the two arrive in both directions. */
  public boolean connectsBothWays(Id a, Id b) {
    return connects(a, b) && connects(b, a);
  }

  /**
   * Whether this replica can exchange messages, directly and both ways, with so many that together
   * with it they are more than half of the {@code members}. In a whole network all can.
   */
  public boolean inMajority(Id replica, Collection<Id> members) {
    if (isWhole()) {
      return true;
    }
    return 2 * members.stream().filter(other -> connectsBothWays(replica, other)).count()
        > members.size();
  }

  /** Those with whom this replica can exchange messages both ways, and itself, ascending. */
  public Set<Id> group(Id replica) {
    Set<Id> group = new TreeSet<>();
    for (Id other : replicas) {
      if (connectsBothWays(replica, other)) {
        group.add(other);
      }
    }
    return group;
  }

  /**
   * The {@link #group}s of all replicas, each once; empty if the network is whole. After a
   * partition these are its groups, in their order; wherever a replica reaches more than those
   * around it do, they overlap.
   */
  public List<Set<Id>> groups() {
    if (isWhole()) {
      return List.of();
    }
    Set<Set<Id>> groups = new LinkedHashSet<>();
    replicas.forEach(replica -> groups.add(group(replica)));
    return List.copyOf(groups);
  }

  /**
   * All links are as they were, but those from {@code from} to {@code to} are cut, and those back
   * if {@code bothWays}.
   */
  public Topology cut(Collection<Id> from, Collection<Id> to, boolean bothWays) {
    return of(
        replicas,
        (a, b) ->
            !connects(a, b)
                || from.contains(a) && to.contains(b)
                || bothWays && to.contains(a) && from.contains(b));
  }

  /** The replicas reach each other within these groups; whoever is in none of them is alone. */
  public Topology partition(List<Set<Id>> groups) {
    Set<Id> order = new LinkedHashSet<>();
    groups.forEach(group -> order.addAll(new TreeSet<>(group)));
    order.retainAll(replicas);
    order.addAll(ascending());
    return of(
        List.copyOf(order),
        (a, b) -> groups.stream().noneMatch(group -> group.contains(a) && group.contains(b)));
  }

  /**
   * Two groups, {@code left} and all the others, that don't reach each other; the one in the {@code
   * middle} reaches both.
   */
  public Topology bridge(Id middle, Collection<Id> left) {
    return of(
        ascending(),
        (a, b) -> !a.equals(middle) && !b.equals(middle) && left.contains(a) != left.contains(b));
  }

  /**
   * These replicas form a ring: each reaches as many neighbours on either side as it takes to see,
   * with itself, a majority of them, and no two of them see the same. Three can't: they form a line
   * instead, whose ends don't reach each other. Whoever isn't named is alone.
   */
  public Topology ring(List<Id> order) {
    int reach = (order.size() / 2 + 1) / 2;
    boolean open = order.size() == 3;
    return of(
        ascending(),
        (a, b) -> {
          int distance = Math.abs(order.indexOf(a) - order.indexOf(b));
          int shortest = open ? distance : Math.min(distance, order.size() - distance);
          return !order.contains(a) || !order.contains(b) || shortest > reach;
        });
  }

  /** All links are as they were, but those from and to these replicas are whole. */
  public Topology heal(Collection<Id> healed) {
    return of(replicas, (a, b) -> !connects(a, b) && !healed.contains(a) && !healed.contains(b));
  }

  /** All links are whole. */
  public Topology heal() {
    return whole(replicas);
  }

  /**
   * There is one more replica. It reaches {@code neighbour}, and otherwise exactly those whom that
   * one reaches; if there is no such neighbour it is alone, unless the network is whole.
   */
  public Topology place(Id newcomer, Id neighbour) {
    List<Id> more = new ArrayList<>(replicas);
    more.add(newcomer);
    if (isWhole()) {
      return whole(more);
    }
    boolean alone = !replicas.contains(neighbour);
    return of(
        more,
        (a, b) -> {
          boolean concerned = a.equals(newcomer) || b.equals(newcomer);
          Id from = a.equals(newcomer) ? neighbour : a;
          Id to = b.equals(newcomer) ? neighbour : b;
          return concerned && alone || !connects(from, to);
        });
  }

  private List<Id> ascending() {
    return replicas.stream().sorted().toList();
  }
}
