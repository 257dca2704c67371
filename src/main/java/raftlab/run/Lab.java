package raftlab.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import raftlab.cluster.Cluster;
import raftlab.cluster.World;
import raftlab.network.LinkEvent;
import raftlab.network.Network;
import raftlab.network.Topology;
import raftlab.node.StateChange;
import raftlab.scenario.Conditions;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.wire.Id;
import raftlab.wire.Message;
import raftlab.workload.Requests;

/**
 * A living cluster behind the emulated network, with everything that happens in it recorded: what
 * scenarios are played in and what the console works on. The same in both worlds; used by one
 * thread.
 */
public final class Lab implements AutoCloseable {
  /** Being this late or more is recorded: it is enough to upset a replica's timers. */
  private static final long LATE_MICROS = 50_000;

  /** What a replica is doing, as far as the kit knows. */
  public enum State {
    /** Not started. */
    DOWN,
    /** Started, not heard of. */
    STARTING,
    /** It can be reached. */
    READY,
    /** Killed by the kit. */
    CRASHED,
    /** Ended by itself. */
    EXITED
  }

  private final Trace trace;
  private final Network network;
  private final Cluster cluster;
  private final Schedule schedule = new Schedule();
  private final Population population;
  private final Leadership leadership;
  private final Answers answers;
  private final Traffic traffic;
  private final Operator operator;
  private final List<Runnable> onLeader = new ArrayList<>();
  private final List<Consumer<Id>> onReady = new ArrayList<>();

  /**
   * A lab with no replica started.
   *
   * @param trace where everything is recorded; its header names replicas, clients and seed
   * @param drops the probability that a message between replicas is lost, 0 to 1; for more than
   *     that, see {@link #conditions(Conditions)}
   * @param durable whether replicas have a place to store what must survive a crash
   */
  public Lab(World world, Trace trace, double drops, boolean durable) {
    this.trace = trace;
    List<Id> replicas = trace.header().replicas();
    this.network = new Network(trace.header().seed(), replicas, Conditions.loss(drops));
    this.population = new Population(replicas);
    this.leadership = new Leadership(population);
    this.operator = new Operator(this);
    this.answers = new Answers(trace, this::nowMicros, operator);
    this.cluster = world.open(replicas, trace.header().seed(), durable, new Ears());
    Delivery delivery = new Delivery(trace, population, schedule, cluster, answers);
    this.traffic = new Traffic(trace, this::nowMicros, population, network, answers, delivery);
  }

  // ---- time ----

  /** The time since the lab was made, in microseconds. */
  public long nowMicros() {
    return cluster.nowMicros();
  }

  /** Plans an action of the kit. */
  public void at(long micros, Runnable action) {
    schedule.at(micros, action);
  }

  /**
   * Lets time go on to this moment or a little further, with all that was planned and all that
   * happens by itself.
   */
  public void playUntil(long micros) {
    while (nowMicros() < micros) {
      step(micros);
    }
  }

  /** Lets time go on until something has happened, or to this moment at most. */
  public void step(long untilMicros) {
    cluster.advance(Math.min(schedule.nextMicros(), untilMicros));
    // Looked up again: what has just been sent may be due before what was first until then.
    long late = nowMicros() - schedule.nextMicros();
    if (late >= 0) {
      if (late >= LATE_MICROS) {
        trace.add(new Event.HarnessLate(nowMicros(), late));
      }
      schedule.runNext();
    }
  }

  // ---- replicas and network ----

  /** Everything that has happened. */
  public Trace trace() {
    return trace;
  }

  /** All replicas, ascending: those of the beginning, and those that joined later. */
  public List<Id> replicas() {
    return population.all();
  }

  /** Those of them that the cluster counts, ascending, whether they live or not. */
  public List<Id> members() {
    return population.members();
  }

  /** What this replica is doing; null if there is none of this ID. */
  public State state(Id replica) {
    return population.state(replica);
  }

  /** What this replica is to the cluster; null if there is none of this ID. */
  public Standing standing(Id replica) {
    return population.standing(replica);
  }

  /** The replicas that can be reached, ascending. */
  public List<Id> ready() {
    return replicas().stream().filter(population::isReady).toList();
  }

  /** Those that are down and were not removed before, the one that ended first in front. */
  public List<Id> down() {
    return population.down();
  }

  /** Who leads, as far as messages tell; {@link Id#BROADCAST} if nobody. */
  public Id leader() {
    return leadership.leader();
  }

  /** From now on this is called whenever another leader gets known. */
  public void onLeader(Runnable action) {
    onLeader.add(action);
  }

  /** The messages between replicas so far, as the course counts them. */
  public long messagesBetweenReplicas() {
    return traffic.betweenReplicas();
  }

  /** Forgets the messages counted so far. */
  void countFromHere() {
    traffic.countFromHere();
  }

  /** From now on this is called with each replica that can be reached for the first time. */
  void onReady(Consumer<Id> action) {
    onReady.add(action);
  }

  /** Starts a replica that isn't running. */
  public void start(Id replica) {
    starting(replica);
    cluster.start(replica);
  }

  private void starting(Id replica) {
    population.set(replica, State.STARTING);
    trace.add(new Event.Started(nowMicros(), replica));
  }

  /** Kills a replica. */
  public void crash(Id replica) {
    population.set(replica, State.CRASHED);
    cluster.crash(replica);
    trace.add(new Event.Crashed(nowMicros(), replica));
    gone(replica);
  }

  private void gone(Id replica) {
    leadership.died(replica);
    recountLeader();
  }

  /** Whether this replica was started, and hasn't ended since. */
  public boolean runs(Id replica) {
    return state(replica) == State.READY || state(replica) == State.STARTING;
  }

  /** Kills a replica if it runs, and starts it again: under the same ID, with the same storage. */
  public void restart(Id replica) {
    if (runs(replica)) {
      crash(replica);
    }
    start(replica);
  }

  /**
   * The ID of the next replica that could {@link #join}; {@link Id#BROADCAST} if none is left,
   * since those of the clients begin there.
   */
  public Id nextId() {
    Id next = Id.of(replicas().size());
    return answers.isClient(next) ? Id.BROADCAST : next;
  }

  /**
   * Starts a replica more, under the {@link #nextId}. It is no member before it is {@link
   * #operator() added}. If the network is cut it comes to the side of the leader, if one is known.
   */
  public void join(Id replica) {
    if (!replica.equals(nextId())) {
      throw new IllegalArgumentException("the next to join is " + nextId() + ", not " + replica);
    }
    population.join(replica);
    network.topology(network.topology().place(replica, leader()));
    starting(replica);
    cluster.join(replica);
  }

  /** Who asks the cluster to change its members or its leader. */
  public Operator operator() {
    return operator;
  }

  /** The cluster has said that this replica is this to it now. */
  void standing(Id replica, Standing standing) {
    population.set(replica, standing);
    recountLeader();
  }

  /**
   * The emulated network. To cut or heal it, use the lab's own methods, which look anew for a
   * leader.
   */
  public Network network() {
    return network;
  }

  /** From now on this holds on all links between replicas, and on none anything of its own. */
  public void conditions(Conditions conditions) {
    network.conditions(conditions);
  }

  /** From now on this holds on one link between replicas, in this direction. */
  public void conditions(Id from, Id to, Conditions conditions) {
    network.conditions(from, to, conditions);
  }

  /** From now on this holds for all that clients and the operator send and are sent. */
  public void clientConditions(Conditions conditions) {
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
    List<Id> others = members().stream().filter(id -> !id.equals(middle)).toList();
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
    recountLeader();
  }

  /** Lets the network lose this message of a link, counted from 1; see {@link #plan}. */
  public void loseNth(Id from, Id to, long nth) {
    plan(List.of(LinkEvent.lose(from, to, nth)));
  }

  /** Lets this happen to single messages. Only as long as none was sent: they are counted. */
  public void plan(List<LinkEvent> events) {
    events.forEach(network::plan);
  }

  private void recountLeader() {
    if (leadership.recount(
        id -> population.isReady(id) && network.topology().inMajority(id, population.members()))) {
      trace.add(new Event.LeaderKnown(nowMicros(), leader()));
      if (!leader().isBroadcast()) {
        List.copyOf(onLeader).forEach(Runnable::run);
      }
    }
  }

  // ---- clients ----

  /** Answers to clients go to {@code receiver}. */
  public void clients(Consumer<Message> receiver) {
    answers.receiver(receiver);
  }

  /** The way from clients into this lab. */
  public Requests requests() {
    return new Gate(this, traffic);
  }

  /** What the cluster tells the lab. */
  private final class Ears implements Cluster.Observer {
    @Override
    public void ready(Id replica) {
      population.set(replica, State.READY);
      trace.add(new Event.Ready(nowMicros(), replica));
      List.copyOf(onReady).forEach(action -> action.accept(replica));
    }

    @Override
    public void received(Id from, Message message) {
      if (leadership.heard(from, message.leader())) {
        recountLeader();
      }
      traffic.carry(from, message);
    }

    @Override
    public void malformed(Id from, String complaint, String quote) {
      trace.add(new Event.Malformed(nowMicros(), from, complaint, quote));
    }

    @Override
    public void exited(Id replica, int exitCode, List<String> lastWords) {
      population.set(replica, State.EXITED);
      trace.add(new Event.Exited(nowMicros(), replica, exitCode, lastWords));
      gone(replica);
    }

    @Override
    public void printed(Id replica, boolean error, String line) {
      trace.add(new Event.Printed(nowMicros(), replica, error, line));
    }

    @Override
    public void reported(Id replica, StateChange change) {
      trace.add(new Event.Reported(nowMicros(), replica, change));
    }
  }

  @Override
  public void close() {
    cluster.close();
  }
}
