package raftlab.run.lab;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import raftlab.network.Network;
import raftlab.network.ScriptedDelivery;
import raftlab.network.Topology;
import raftlab.scenario.LinkConditions;
import raftlab.trace.FaultEffect;
import raftlab.trace.LinkState;
import raftlab.wire.Id;

/**
 * The links of a lab's emulated network. Whatever is cut or healed, the lab looks anew for a
 * leader.
 */
public final class LinkControl {
  private final Network network;
  private final ReplicaStates population;
  private final Consumer<FaultEffect> recorder;
  private final Runnable changed;

  /** The links as the trace tells them: what leaves them as they are isn't recorded. */
  private LinkState recorded = LinkState.INITIAL;

  /**
   * The links of this network.
   *
   * @param recorder is called with each change, as soon as it was made
   * @param changed is called whenever links were cut or healed
   */
  LinkControl(
      Network network, ReplicaStates population, Consumer<FaultEffect> recorder, Runnable changed) {
    this.network = network;
    this.population = population;
    this.recorder = recorder;
    this.changed = changed;
  }

  private void record(FaultEffect effect) {
    LinkState next = recorded.after(effect);
    if (!next.equals(recorded)) {
      recorded = next;
      recorder.accept(effect);
    }
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
    record(new FaultEffect.AllLinkConditions(conditions));
  }

  /** From now on this holds on one link between replicas, in this direction. */
  public void conditions(Id from, Id to, LinkConditions conditions) {
    conditions(List.of(from), List.of(to), conditions);
  }

  /** From now on this holds on each link from one of these replicas to another one of those. */
  public void conditions(Collection<Id> from, Collection<Id> to, LinkConditions conditions) {
    for (Id sender : from) {
      for (Id receiver : to) {
        if (!sender.equals(receiver)) {
          network.conditions(sender, receiver, conditions);
        }
      }
    }
    record(new FaultEffect.LinkConditionsBetween(List.copyOf(from), List.copyOf(to), conditions));
  }

  /** From now on this link, in this direction, has no conditions of its own. */
  public void clearOwnConditions(Id from, Id to) {
    network.clearOwnConditions(from, to);
    record(
        new FaultEffect.LinkConditionsBetween(
            List.of(from), List.of(to), network.conditions(from, to)));
  }

  /** From now on this holds for all that clients and the operator send and are sent. */
  public void clientConditions(LinkConditions conditions) {
    network.clientConditions(conditions);
    record(new FaultEffect.ClientLinkConditions(conditions));
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
    topology(topology);
    changed.run();
  }

  private void topology(Topology topology) {
    network.topology(topology);
    record(new FaultEffect.LinksCut(topology.cutLinks()));
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
    topology(network.topology().place(newcomer, neighbour));
  }
}
