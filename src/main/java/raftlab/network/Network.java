package raftlab.network;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import raftlab.scenario.Delay;
import raftlab.scenario.LinkConditions;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * The emulated network: decides whether and when each message is delivered. It holds the conditions
 * of the links and which links are cut. It uses no sockets and no clocks, and is the same in the
 * process world and in the simulated world.
 *
 * <p>Each direction of a link has its own random generators, one for each concern.
 */
public final class Network {
  private final long seed;

  /** The links that have their own conditions or have carried a message. */
  private final Map<Integer, Link> links = new HashMap<>();

  private Topology topology;
  private LinkConditions replicas = LinkConditions.PERFECT;
  private LinkConditions clients = LinkConditions.PERFECT;

  /** Whether any link has its own conditions; if not, no link is looked up for a message. */
  private boolean hasOwnConditions;

  /** Whether a message has been sent. */
  private boolean hasSent;

  /**
   * A network without cuts between these replicas.
   *
   * @param conditions the conditions of all links between replicas
   * @throws IllegalArgumentException if a probability isn't 0 to 1, or a delay or the bandwidth is
   *     negative
   */
  public Network(long seed, Collection<Id> replicas, LinkConditions conditions) {
    this.seed = seed;
    this.topology = Topology.fullyConnected(replicas);
    conditions(conditions);
  }

  /** Which replica can send to which. */
  public Topology topology() {
    return topology;
  }

  /** Sets which replica can send to which. Messages that are under way are still delivered. */
  public void topology(Topology next) {
    topology = next;
  }

  /** The conditions of links between replicas that have no conditions of their own. */
  public LinkConditions conditions() {
    return replicas;
  }

  /**
   * Sets the conditions of all links between replicas; removes those of single links.
   *
   * @throws IllegalArgumentException as the constructor
   */
  public void conditions(LinkConditions conditions) {
    replicas = requireValid(conditions);
    links.values().forEach(link -> link.ownConditions(null));
  }

  /** The conditions of this direction of a link. */
  public LinkConditions conditions(Id from, Id to) {
    Link link = links.get(linkKey(from, to));
    return link == null || link.ownConditions() == null ? replicas : link.ownConditions();
  }

  /**
   * Sets the conditions of one direction of a link, until the conditions of all links are set.
   *
   * @throws IllegalArgumentException as the constructor
   */
  public void conditions(Id from, Id to, LinkConditions conditions) {
    hasOwnConditions = true;
    link(from, to).ownConditions(requireValid(conditions));
  }

  /** The conditions of this link alone, in this direction; null if it has none. */
  public @Nullable LinkConditions ownConditions(Id from, Id to) {
    Link link = links.get(linkKey(from, to));
    return link == null ? null : link.ownConditions();
  }

  /** Removes the conditions of this direction of the link. */
  public void clearOwnConditions(Id from, Id to) {
    link(from, to).ownConditions(null);
  }

  /** The conditions of the links of clients and the operator, in both directions. */
  public LinkConditions clientConditions() {
    return clients;
  }

  /**
   * Sets the conditions of the links of clients and the operator, in both directions.
   *
   * @throws IllegalArgumentException as the constructor
   */
  public void clientConditions(LinkConditions conditions) {
    clients = requireValid(conditions);
  }

  /** The probability that a message between replicas is dropped. */
  public double lossProbability() {
    return replicas.loss();
  }

  /**
   * Scripts what happens to one message.
   *
   * @throws IllegalStateException if messages were sent already, since they have not been counted
   */
  public void addScripted(ScriptedMessageEvent event) {
    if (hasSent) {
      throw new IllegalStateException(
          "found messages that were sent already, expected the script before the first message");
    }
    hasOwnConditions = true;
    link(event.from(), event.to()).plan(event);
  }

  /** Decides what happens to the next message between two replicas. */
  public DeliveryDecision decide(Id from, Id to, Message message, long nowMicros) {
    return decide(from, to, replicas, message, nowMicros);
  }

  /** Decides what happens to the next message to or from a client or the operator. */
  public DeliveryDecision decideForClient(Id from, Id to, Message message, long nowMicros) {
    return decide(from, to, clients, message, nowMicros);
  }

  private DeliveryDecision decide(
      Id from, Id to, LinkConditions general, Message message, long nowMicros) {
    hasSent = true;
    boolean arrives = topology.connects(from, to);
    if (!hasOwnConditions && general == LinkConditions.PERFECT) {
      return arrives ? DeliveryDecision.ARRIVES : DeliveryDecision.PARTITIONED;
    }
    Link link = link(from, to);
    var planned = link.nextScripted();
    return arrives
        ? link.decide(general, planned, message, nowMicros)
        : DeliveryDecision.PARTITIONED;
  }

  private Link link(Id from, Id to) {
    return links.computeIfAbsent(linkKey(from, to), key -> new Link(new LinkRandom(seed, key)));
  }

  private static int linkKey(Id from, Id to) {
    return from.value() << 16 | to.value();
  }

  /**
   * Checks the conditions; returns {@link LinkConditions#PERFECT} itself if they have no effect.
   */
  private static LinkConditions requireValid(LinkConditions conditions) {
    checkProbability(conditions.loss());
    checkProbability(conditions.duplicate());
    checkProbability(conditions.reorder());
    checkProbability(conditions.corrupt());
    check(conditions.delay());
    check(conditions.reorderBy());
    if (conditions.bandwidth() < 0) {
      throw new IllegalArgumentException(
          "a bandwidth is 0 or more, not " + conditions.bandwidth() + " bytes a second");
    }
    return conditions.equals(LinkConditions.PERFECT) ? LinkConditions.PERFECT : conditions;
  }

  private static void checkProbability(double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("a probability is 0 to 1, not " + probability);
    }
  }

  private static void check(Delay delay) {
    if (delay.fromMicros() < 0 || delay.toMicros() < delay.fromMicros()) {
      throw new IllegalArgumentException(
          "a delay is 0 or more and goes up, not "
              + delay.fromMicros()
              + " to "
              + delay.toMicros()
              + " µs");
    }
  }
}
