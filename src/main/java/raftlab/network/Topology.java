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
 * Which replica can send to which, by direction, since a link may be cut in one direction only.
 * Immutable: methods that cut or heal links return a new topology.
 */
public final class Topology {
  /** All replicas, in the order of {@link #groups}. */
  private final List<Id> replicas;

  /** For each sender, the replicas that it can't reach; no entry for a sender that reaches all. */
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

  /** A topology in which all of these replicas reach each other. */
  public static Topology fullyConnected(Collection<Id> replicas) {
    return new Topology(replicas.stream().sorted().toList(), Map.of());
  }

  /** Whether no link is cut. */
  public boolean isFullyConnected() {
    return cut.isEmpty();
  }

  /** Whether a message from one reaches the other; true if one of them is not a replica. */
  public boolean connects(Id from, Id to) {
    return cut.isEmpty() || !cut.getOrDefault(from, Set.of()).contains(to);
  }

  /** The links that are cut, ascending by sender, then by receiver. */
  public List<DirectedLink> cutLinks() {
    return cut.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .flatMap(
            from ->
                from.getValue().stream().sorted().map(to -> new DirectedLink(from.getKey(), to)))
        .toList();
  }

  /** Whether the link between the two is open in both directions. */
  public boolean connectsBothWays(Id a, Id b) {
    return connects(a, b) && connects(b, a);
  }

  /**
   * Whether this replica and those that it can exchange messages with, directly and in both
   * directions, are a majority of the {@code members}.
   */
  public boolean isInMajority(Id replica, Collection<Id> members) {
    if (isFullyConnected()) {
      return true;
    }
    return 2 * members.stream().filter(other -> connectsBothWays(replica, other)).count()
        > members.size();
  }

  /** This replica and all that it can exchange messages with in both directions, ascending. */
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
   * The distinct {@link #group}s of all replicas; empty if no link is cut. After a partition these
   * are its groups, in their order. Groups overlap where one replica reaches more than its
   * neighbours do, as in a bridge.
   */
  public List<Set<Id>> groups() {
    if (isFullyConnected()) {
      return List.of();
    }
    Set<Set<Id>> groups = new LinkedHashSet<>();
    replicas.forEach(replica -> groups.add(group(replica)));
    return List.copyOf(groups);
  }

  /** Cuts the links from {@code from} to {@code to}, and those back if {@code bothWays}. */
  public Topology cut(Collection<Id> from, Collection<Id> to, boolean bothWays) {
    return of(
        replicas,
        (a, b) ->
            !connects(a, b)
                || from.contains(a) && to.contains(b)
                || bothWays && to.contains(a) && from.contains(b));
  }

  /** Partitions the replicas into these groups; a replica that is in none of them is isolated. */
  public Topology partition(List<Set<Id>> groups) {
    Set<Id> order = new LinkedHashSet<>();
    groups.forEach(group -> order.addAll(new TreeSet<>(group)));
    order.retainAll(replicas);
    order.addAll(sortedReplicas());
    return of(
        List.copyOf(order),
        (a, b) -> groups.stream().noneMatch(group -> group.contains(a) && group.contains(b)));
  }

  /**
   * A bridge: two groups, {@code left} and the other replicas, can't reach each other, and the one
   * in the {@code middle} reaches both.
   */
  public Topology bridge(Id middle, Collection<Id> left) {
    return of(
        sortedReplicas(),
        (a, b) -> !a.equals(middle) && !b.equals(middle) && left.contains(a) != left.contains(b));
  }

  /**
   * A ring: each replica reaches as many neighbours on either side as make a majority with itself,
   * and no two replicas reach the same majority. Three replicas form a line instead, whose ends
   * don't reach each other. A replica that isn't named is isolated.
   */
  public Topology ring(List<Id> order) {
    int reach = (order.size() / 2 + 1) / 2;
    boolean open = order.size() == 3;
    return of(
        sortedReplicas(),
        (a, b) -> {
          int distance = Math.abs(order.indexOf(a) - order.indexOf(b));
          int shortest = open ? distance : Math.min(distance, order.size() - distance);
          return !order.contains(a) || !order.contains(b) || shortest > reach;
        });
  }

  /** Heals the links from and to these replicas. */
  public Topology heal(Collection<Id> healed) {
    return of(replicas, (a, b) -> !connects(a, b) && !healed.contains(a) && !healed.contains(b));
  }

  /** Heals all links. */
  public Topology heal() {
    return fullyConnected(replicas);
  }

  /**
   * Adds a replica. It reaches {@code neighbour} and has the same open links as that one; without
   * such a neighbour it is isolated, unless no link is cut.
   */
  public Topology addReplica(Id newcomer, Id neighbour) {
    List<Id> more = new ArrayList<>(replicas);
    more.add(newcomer);
    if (isFullyConnected()) {
      return fullyConnected(more);
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

  private List<Id> sortedReplicas() {
    return replicas.stream().sorted().toList();
  }
}
