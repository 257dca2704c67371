package raftlab.network;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import raftlab.wire.Id;

/**
 * The emulated network between replicas: decides each message's fate. It knows links, losses and
 * partitions; it knows nothing of sockets or clocks, and is the same in both worlds.
 *
 * <p>Each link and direction draws from its own generator.
 */
public final class Network {
  private final long seed;
  private final Map<Integer, RandomGenerator> links = new HashMap<>();
  private double drops;
  private List<Set<Id>> groups = List.of();

  /**
   * A whole network.
   *
   * @param drops the probability that a message is lost, 0 to 1
   */
  public Network(long seed, double drops) {
    this.seed = seed;
    setDrops(drops);
  }

  /** The probability that a message is lost. */
  public double drops() {
    return drops;
  }

  /** From now on, messages are lost with this probability, 0 to 1. */
  public void setDrops(double drops) {
    if (!(drops >= 0 && drops <= 1)) {
      throw new IllegalArgumentException("a probability is 0 to 1, not " + drops);
    }
    this.drops = drops;
  }

  /** Decides what becomes of the next message on this link. */
  public Fate fate(Id from, Id to) {
    if (!connected(from, to)) {
      return Fate.CUT;
    }
    if (drops > 0 && link(from, to).nextDouble() < drops) {
      return Fate.LOST;
    }
    return Fate.ARRIVES;
  }

  private RandomGenerator link(Id from, Id to) {
    int key = from.value() << 16 | to.value();
    return links.computeIfAbsent(key, k -> Seeds.generator(seed, "link", k));
  }

  /** Cuts the network into these groups; whoever is in none of them is alone. */
  public void partition(List<Set<Id>> groups) {
    List<Set<Id>> copies = new ArrayList<>();
    groups.forEach(group -> copies.add(Set.copyOf(group)));
    this.groups = List.copyOf(copies);
  }

  /**
   * If the network is cut, a newcomer comes into the group of {@code neighbour}, if that has one.
   */
  public void place(Id newcomer, Id neighbour) {
    List<Set<Id>> grown = new ArrayList<>();
    for (Set<Id> group : groups) {
      Set<Id> members = new HashSet<>(group);
      if (group.contains(neighbour)) {
        members.add(newcomer);
      }
      grown.add(members);
    }
    partition(grown);
  }

  /** Makes all links whole. Losses by chance go on. */
  public void heal() {
    groups = List.of();
  }

  /** The groups in force; empty if the network is whole. */
  public List<Set<Id>> groups() {
    return groups;
  }

  /** Whether no partition stands between the two. */
  public boolean connected(Id a, Id b) {
    if (groups.isEmpty() || a.equals(b)) {
      return true;
    }
    for (Set<Id> group : groups) {
      if (group.contains(a)) {
        return group.contains(b);
      }
    }
    return false;
  }

  /**
   * Whether this replica is in a group with more than half of the {@code members} (all are, in a
   * whole network).
   */
  public boolean inMajority(Id replica, Collection<Id> members) {
    if (groups.isEmpty()) {
      return true;
    }
    for (Set<Id> group : groups) {
      if (group.contains(replica)) {
        return 2 * members.stream().filter(group::contains).count() > members.size();
      }
    }
    return false;
  }
}
