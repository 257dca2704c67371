package raftlab.run.lab;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import raftlab.network.Network;
import raftlab.network.ScriptedDelivery;
import raftlab.network.Topology;
import raftlab.scenario.LinkConditions;
import raftlab.wire.Id;

/**
 * Controls the links of a lab's emulated network. After each change the lab determines the leader
 * again.
 */
public final class LinkControl {
  private final Network network;
  private final ReplicaStates population;
  private final Runnable changed;

  LinkControl(Network network, ReplicaStates population, Runnable changed) {
    this.network = network;
    this.population = population;
    this.changed = changed;
  }

  /** Returns the network, for reading only. */
  public Network network() {
    return network;
  }

  /** Returns which replicas can reach which. */
  public Topology topology() {
    return network.topology();
  }

  /** Sets the conditions of all links between replicas, and clears those of single links. */
  public void conditions(LinkConditions conditions) {
    network.conditions(conditions);
  }

  /** Sets the conditions of one link between replicas, in this direction. */
  public void conditions(Id from, Id to, LinkConditions conditions) {
    network.conditions(from, to, conditions);
  }

  /** Clears the conditions of this link, in this direction; those of all links apply again. */
  public void clearOwnConditions(Id from, Id to) {
    network.clearOwnConditions(from, to);
  }

  /** Sets the conditions for messages from and to clients and the operator. */
  public void clientConditions(LinkConditions conditions) {
    network.clientConditions(conditions);
  }

  /** Partitions the network into these groups; a replica in none of them is alone. */
  public void partition(List<Set<Id>> groups) {
    rewire(network.topology().partition(groups));
  }

  /** Cuts the links from these to those, and back if {@code bothWays}; existing cuts stay. */
  public void cut(Collection<Id> from, Collection<Id> to, boolean bothWays) {
    rewire(network.topology().cut(from, to, bothWays));
  }

  /**
   * Cuts the network into two halves, members with lower and with higher IDs; only the replica in
   * the middle reaches both. Replicas that are not members are on the side of the higher IDs.
   */
  public void bridge(Id middle) {
    List<Id> others = population.members().stream().filter(id -> !id.equals(middle)).toList();
    rewire(network.topology().bridge(middle, others.subList(0, others.size() / 2)));
  }

  /** Lets each of these see a different majority of them; see {@link Topology#ring}. */
  public void ring(List<Id> order) {
    rewire(network.topology().ring(order));
  }

  /** Heals all links. */
  public void heal() {
    rewire(network.topology().heal());
  }

  /** Heals all links from and to these replicas. */
  public void heal(Collection<Id> replicas) {
    rewire(network.topology().heal(replicas));
  }

  private void rewire(Topology topology) {
    network.topology(topology);
    changed.run();
  }

  /** Drops the nth message of a link, counted from 1; see {@link #plan}. */
  public void loseNth(Id from, Id to, long nth) {
    plan(List.of(ScriptedDelivery.lose(from, to, nth)));
  }

  /**
   * Sets the scripted deliveries of single messages. Only before the first message, since messages
   * are counted.
   */
  public void plan(List<ScriptedDelivery> events) {
    events.forEach(network::plan);
  }

  /** Gives a new replica the cuts of its neighbour, if there is one. */
  void place(Id newcomer, Id neighbour) {
    network.topology(network.topology().place(newcomer, neighbour));
  }
}
