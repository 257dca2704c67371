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
 * The links of a lab's emulated network. Whatever is cut or healed, the lab looks anew for a
 * leader.
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

  /** The network itself, for whoever only looks. */
  public Network network() {
    return network;
  }

  /** Who reaches whom. */
  public Topology topology() {
    return network.topology();
  }

  /** From now on this holds on all links between replicas, and on none anything of its own. */
  public void conditions(LinkConditions conditions) {
    network.conditions(conditions);
  }

  /** From now on this holds on one link between replicas, in this direction. */
  public void conditions(Id from, Id to, LinkConditions conditions) {
    network.conditions(from, to, conditions);
  }

  /** From now on this link, in this direction, has no conditions of its own. */
  public void clearOwnConditions(Id from, Id to) {
    network.clearOwnConditions(from, to);
  }

  /** From now on this holds for all that clients and the operator send and are sent. */
  public void clientConditions(LinkConditions conditions) {
    network.clientConditions(conditions);
  }

  /** Cuts the network into these groups; whoever is in none of them is alone. */
  public void partition(List<Set<Id>> groups) {
    rewire(network.topology().partition(groups));
  }

  /** Cuts the links from these to those, and back if {@code bothWays}; what is cut stays so. */
  public void cut(Collection<Id> from, Collection<Id> to, boolean bothWays) {
    rewire(network.topology().cut(from, to, bothWays));
  }

  /**
   * Cuts the network into two halves of the other members, lower and higher IDs, that only the one
   * in the middle reaches both of. Whoever is no member is on the side of the higher.
   */
  public void bridge(Id middle) {
    List<Id> others = population.members().stream().filter(id -> !id.equals(middle)).toList();
    rewire(network.topology().bridge(middle, others.subList(0, others.size() / 2)));
  }

  /** Each of these sees a majority of them, each another; see {@link Topology#ring}. */
  public void ring(List<Id> order) {
    rewire(network.topology().ring(order));
  }

  /** Makes the network whole. */
  public void heal() {
    rewire(network.topology().heal());
  }

  /** Makes all links from and to these replicas whole. */
  public void heal(Collection<Id> replicas) {
    rewire(network.topology().heal(replicas));
  }

  private void rewire(Topology topology) {
    network.topology(topology);
    changed.run();
  }

  /** Lets the network lose this message of a link, counted from 1; see {@link #plan}. */
  public void loseNth(Id from, Id to, long nth) {
    plan(List.of(ScriptedDelivery.lose(from, to, nth)));
  }

  /** Lets this happen to single messages. Only as long as none was sent: they are counted. */
  public void plan(List<ScriptedDelivery> events) {
    events.forEach(network::plan);
  }

  /** A newcomer gets what is cut for its neighbour, if that is somebody. */
  void place(Id newcomer, Id neighbour) {
    network.topology(network.topology().place(newcomer, neighbour));
  }
}
