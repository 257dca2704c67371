package raftlab.network;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import raftlab.scenario.Delay;
import raftlab.scenario.LinkConditions;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * The emulated network: decides each message's fate. It knows links, what holds on them, and which
 * are cut; it knows nothing of sockets or clocks, and is the same in both worlds.
 *
 * <p>Each link and direction draws from generators of its own, each concern from another.
 */
public final class Network {
  private final long seed;

  /** Those that are special, or have drawn already. */
  private final Map<Integer, Link> links = new HashMap<>();

  private Topology topology;
  private LinkConditions replicas = LinkConditions.PERFECT;
  private LinkConditions clients = LinkConditions.PERFECT;

  /** Whether a single link is special: then each is looked up for each message. */
  private boolean special;

  /** Whether a message has been sent. */
  private boolean begun;

  /**
   * A whole network between these replicas.
   *
   * @param conditions what holds on all links between them
   * @throws IllegalArgumentException if a probability isn't 0 to 1, or a delay or the bandwidth is
   *     negative
   */
  public Network(long seed, Collection<Id> replicas, LinkConditions conditions) {
    this.seed = seed;
    this.topology = Topology.whole(replicas);
    conditions(conditions);
  }

  /** Which replica can send to which. */
  public Topology topology() {
    return topology;
  }

  /** From now on these can send to each other. What is on the way already still arrives. */
  public void topology(Topology next) {
    topology = next;
  }

  /** What holds on links between replicas that have no conditions of their own. */
  public LinkConditions conditions() {
    return replicas;
  }

  /**
   * From now on this holds on all links between replicas, and on none anything of its own.
   *
   * @throws IllegalArgumentException as the constructor
   */
  public void conditions(LinkConditions conditions) {
    replicas = checked(conditions);
    links.values().forEach(link -> link.own(null));
  }

  /** What holds on this link, in this direction. */
  public LinkConditions conditions(Id from, Id to) {
    Link link = links.get(key(from, to));
    return link == null || link.own() == null ? replicas : link.own();
  }

  /**
   * From now on this holds on one link, in this direction, until the conditions of all links are
   * set.
   *
   * @throws IllegalArgumentException as the constructor
   */
  public void conditions(Id from, Id to, LinkConditions conditions) {
    special = true;
    link(from, to).own(checked(conditions));
  }

  /** What holds on the links of clients and of the operator, in both directions. */
  public LinkConditions clientConditions() {
    return clients;
  }

  /**
   * From now on this holds on the links of clients and of the operator, in both directions.
   *
   * @throws IllegalArgumentException as the constructor
   */
  public void clientConditions(LinkConditions conditions) {
    clients = checked(conditions);
  }

  /** The probability that a message between replicas is lost. */
  public double drops() {
    return replicas.loss();
  }

  /**
   * Lets this happen to one message.
   *
   * @throws IllegalStateException if messages were sent before: they have not been counted
   */
  public void plan(ScriptedDelivery event) {
    if (begun) {
      throw new IllegalStateException(
          "found messages that were sent already, expected a plan before the first one");
    }
    special = true;
    link(event.from(), event.to()).plan(event);
  }

  /** Decides what becomes of the next message from a replica to another. */
  public DeliveryDecision fate(Id from, Id to, Message message, long nowMicros) {
    return fate(from, to, replicas, message, nowMicros);
  }

  /** Decides what becomes of the next message to or from a client or the operator. */
  public DeliveryDecision clientFate(Id from, Id to, Message message, long nowMicros) {
    return fate(from, to, clients, message, nowMicros);
  }

  private DeliveryDecision fate(
      Id from, Id to, LinkConditions general, Message message, long nowMicros) {
    begun = true;
    boolean arrives = topology.connects(from, to);
    if (!special && general == LinkConditions.PERFECT) {
      return arrives ? DeliveryDecision.ARRIVES : DeliveryDecision.CUT;
    }
    Link link = link(from, to);
    var planned = link.next();
    return arrives ? link.fate(general, planned, message, nowMicros) : DeliveryDecision.CUT;
  }

  private Link link(Id from, Id to) {
    return links.computeIfAbsent(key(from, to), key -> new Link(new LinkRandom(seed, key)));
  }

  private static int key(Id from, Id to) {
    return from.value() << 16 | to.value();
  }

  /** The same; {@link LinkConditions#PERFECT} itself if nothing happens under them. */
  private static LinkConditions checked(LinkConditions conditions) {
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
