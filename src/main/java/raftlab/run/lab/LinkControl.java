package raftlab.run.lab;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import raftlab.network.Network;
import raftlab.network.ScriptedMessageEvent;
import raftlab.network.Topology;
import raftlab.scenario.LinkConditions;
import raftlab.trace.FaultEffect;
import raftlab.trace.LinkState;
import raftlab.wire.Id;

/**
 * Controls the links of a lab's emulated network. After each change the lab determines the leader
 * again.
 */
public final class LinkControl {
  private final Network network;
  private final ReplicaStates replicaStates;
  private final Consumer<FaultEffect> recorder;
  private final Runnable onChange;
  private final List<Consumer<Id>> onReplicaAdded = new ArrayList<>();

  /** The links as recorded in the trace: what leaves them as they are isn't recorded. */
  private LinkState recorded = LinkState.INITIAL;

  /**
   * The links of this network.
   *
   * @param recorder is called with each change, as soon as it was made
   * @param onChange is called whenever links were cut or healed
   */
  LinkControl(
      Network network,
      ReplicaStates replicaStates,
      Consumer<FaultEffect> recorder,
      Runnable onChange) {
    this.network = network;
    this.replicaStates = replicaStates;
    this.recorder = recorder;
    this.onChange = onChange;
  }

  private void record(FaultEffect effect) {
    LinkState next = recorded.after(effect);
    if (!next.equals(recorded)) {
      recorded = next;
      recorder.accept(effect);
    }
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
    record(new FaultEffect.AllLinkConditions(conditions));
  }

  /** Sets the conditions of one link between replicas, in this direction. */
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

  /** Clears the conditions of this link, in this direction; those of all links apply again. */
  public void clearOwnConditions(Id from, Id to) {
    network.clearOwnConditions(from, to);
    record(
        new FaultEffect.LinkConditionsBetween(
            List.of(from), List.of(to), network.conditions(from, to)));
  }

  /** Sets the conditions for messages from and to clients and the operator. */
  public void clientConditions(LinkConditions conditions) {
    network.clientConditions(conditions);
    record(new FaultEffect.ClientLinkConditions(conditions));
  }

  /** Partitions the network into these groups; a replica in none of them is alone. */
  public void partition(List<Set<Id>> groups) {
    setTopology(network.topology().partition(groups));
  }

  /** Cuts the links from these to those, and back if {@code bothWays}; existing cuts stay. */
  public void cut(Collection<Id> from, Collection<Id> to, boolean bothWays) {
    setTopology(network.topology().cut(from, to, bothWays));
  }

  /**
   * Cuts the network into two halves, members with lower and with higher IDs; only the replica in
   * the middle reaches both. Replicas that are not members are on the side of the higher IDs.
   */
  public void bridge(Id middle) {
    List<Id> others = replicaStates.members().stream().filter(id -> !id.equals(middle)).toList();
    setTopology(network.topology().bridge(middle, others.subList(0, others.size() / 2)));
  }

  /** Lets each of these see a different majority of them; see {@link Topology#ring}. */
  public void ring(List<Id> order) {
    setTopology(network.topology().ring(order));
  }

  /** Heals all links. */
  public void heal() {
    setTopology(network.topology().heal());
  }

  /** Heals all links from and to these replicas. */
  public void heal(Collection<Id> replicas) {
    setTopology(network.topology().heal(replicas));
  }

  private void setTopology(Topology topology) {
    topology(topology);
    onChange.run();
  }

  private void topology(Topology topology) {
    network.topology(topology);
    record(new FaultEffect.LinksCut(topology.cutLinks()));
  }

  /** Drops the nth message of a link, counted from 1; see {@link #addScripted}. */
  public void loseNth(Id from, Id to, long nth) {
    addScripted(List.of(ScriptedMessageEvent.lose(from, to, nth)));
  }

  /**
   * Sets the scripted deliveries of single messages. Only before the first message, since messages
   * are counted.
   */
  public void addScripted(List<ScriptedMessageEvent> events) {
    events.forEach(network::addScripted);
  }

  /** Calls the action with each replica that joins, when its links exist, before it is started. */
  public void onReplicaAdded(Consumer<Id> action) {
    onReplicaAdded.add(action);
  }

  /** Gives a new replica the cuts of its neighbour, if there is one. */
  void addReplica(Id newcomer, @Nullable Id neighbour) {
    // FFFF is no replica, so it stands for "no neighbour".
    Id reached = neighbour == null ? Id.BROADCAST : neighbour;
    topology(network.topology().addReplica(newcomer, reached));
    onReplicaAdded.forEach(action -> action.accept(newcomer));
  }
}
