package raftlab.run.lab;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import raftlab.cluster.Cluster;
import raftlab.cluster.TimeQueue;
import raftlab.cluster.World;
import raftlab.judge.load.MachineLoad;
import raftlab.network.Network;
import raftlab.scenario.LinkConditions;
import raftlab.trace.Event;
import raftlab.trace.FaultEffect;
import raftlab.trace.Trace;
import raftlab.wire.Id;
import raftlab.wire.Message;
import raftlab.workload.RequestSender;

/**
 * A running cluster behind the emulated network, with all events recorded in a trace. Scenarios and
 * the console use it. The same in both worlds; used by one thread.
 */
public final class Lab implements AutoCloseable {
  /** The least lateness that is recorded; it can disturb a replica's timers. */
  private static final long LATE_MICROS = 50_000;

  /** The state of a replica, as far as the kit can see. */
  public enum State {
    /** Not started. */
    DOWN,
    /** Started; has not sent a message yet. */
    STARTING,
    /** Has sent a message and can receive. */
    READY,
    /** Paused; messages for it wait. */
    PAUSED,
    /** Killed by the kit. */
    CRASHED,
    /** Exited by itself. */
    EXITED
  }

  private final Trace trace;
  private final LinkControl links;
  private final Cluster cluster;
  private final MachineFaults machines;
  private final ProcessorUseRecorder busyWatch;
  private final MachineLoad load = new MachineLoad();
  private final TimeQueue<Runnable> schedule = new TimeQueue<>();
  private final ReplicaStates population;
  private final LeaderTracker leadership;
  private final AnswerValidator answers;
  private final MessageRouter traffic;
  private final ClusterOperator operator;
  private final List<Runnable> onLeader = new ArrayList<>();
  private final List<Runnable> onDown = new ArrayList<>();
  private final List<Consumer<Id>> onReady = new ArrayList<>();
  private boolean isLost;

  /**
   * Creates a lab and starts no replica.
   *
   * @param trace records all events; its header names replicas, clients and seed
   * @param drops the probability that a message between replicas is dropped, 0 to 1; for further
   *     conditions see {@link #links}
   * @param durable whether replicas can store what must survive a crash
   */
  public Lab(World world, Trace trace, double drops, boolean durable) {
    this.trace = trace;
    List<Id> replicas = trace.header().replicas();
    Network network = new Network(trace.header().seed(), replicas, LinkConditions.PERFECT);
    this.population = new ReplicaStates(replicas);
    this.links = new LinkControl(network, population, this::changed, this::linksChanged);
    this.leadership =
        new LeaderTracker(
            population,
            id -> population.isAwake(id) && links.topology().inMajority(id, population.members()));
    this.operator = new ClusterOperator(this);
    this.answers = new AnswerValidator(trace, this::nowMicros, operator);
    this.cluster = world.open(replicas, trace.header().seed(), durable, new ClusterListener(this));
    this.busyWatch = new ProcessorUseRecorder(cluster, trace);
    trace.watch(load::take);
    this.machines = new MachineFaults(world, cluster, population, trace);
    MessageDelivery delivery =
        new MessageDelivery(trace, population, schedule, cluster, answers, this::delivered);
    this.traffic =
        new MessageRouter(trace, this::nowMicros, population, network, answers, delivery);
    links.conditions(LinkConditions.loss(drops));
  }

  // ---- time ----

  /** Returns the time since the lab was created, in microseconds. */
  public long nowMicros() {
    return cluster.nowMicros();
  }

  /** Schedules an action of the kit. */
  public void at(long micros, Runnable action) {
    schedule.add(micros, action);
  }

  /**
   * Advances time to this moment or slightly beyond, and runs scheduled actions and events on the
   * way.
   */
  public void playUntil(long micros) {
    while (nowMicros() < micros) {
      step(micros);
    }
  }

  /** Advances time until an event happens, or to this moment at most. */
  public void step(long untilMicros) {
    cluster.advance(Math.min(schedule.nextMicros(), untilMicros));
    busyWatch.look();
    // Looked up again: a message that was just sent may be due earlier.
    long late = nowMicros() - schedule.nextMicros();
    if (late >= 0) {
      if (late >= LATE_MICROS) {
        trace.add(new Event.HarnessLate(nowMicros(), late));
      }
      schedule.pollUntil(Long.MAX_VALUE).item().run();
    }
  }

  /**
   * Returns the factor by which the replicas may be slower than on an idle machine, because they
   * themselves keep its processors busy.
   */
  public double slack() {
    return load.slack();
  }

  // ---- replicas and network ----

  /** Returns the trace. */
  public Trace trace() {
    return trace;
  }

  /** Returns all replicas, ascending: the initial ones and those that joined later. */
  public List<Id> replicas() {
    return population.all();
  }

  /** Returns the members of the cluster, ascending, running or not. */
  public List<Id> members() {
    return population.members();
  }

  /** Discards all but the latest events and requests: a console may stay open for days. */
  public void keepLast(int count, long mostBytes) {
    trace.keepLast(count, mostBytes);
    answers.keepLast(count);
  }

  /** Returns the state of this replica; null for an unknown ID. */
  public State state(Id replica) {
    return population.state(replica);
  }

  /** Returns the membership status of this replica; null for an unknown ID. */
  public MembershipStatus standing(Id replica) {
    return population.standing(replica);
  }

  /** Returns the replicas that are ready and not paused, ascending. */
  public List<Id> ready() {
    return replicas().stream().filter(population::isAwake).toList();
  }

  /**
   * Returns the replicas that are down and were not removed before, in the order in which they
   * ended.
   */
  public List<Id> down() {
    return population.down();
  }

  /** Returns the leader as seen in messages; {@link Id#BROADCAST} for none. */
  public Id leader() {
    return leadership.leader();
  }

  /** Explains why no leader is known, in words, from the replicas' messages. */
  public String whyNoLeader() {
    return traffic.betweenReplicas() == 0
        ? "no leader was elected: no replica sent any other a message"
        : "no leader was elected: " + leadership.whyNone();
  }

  /**
   * Returns the living members that could exchange messages with the leader and don't follow it
   * yet, as far as messages show, ascending; all if no leader is known.
   */
  public List<Id> dissenters() {
    Id leader = leader();
    return members().stream()
        .filter(
            id ->
                population.isAwake(id)
                    && !leadership.follows(id, leader)
                    && (leader.isBroadcast() || links.topology().connectsBothWays(id, leader)))
        .toList();
  }

  /** Calls the listener with each message before the network decides its fate; null for none. */
  public void watchMessages(MessageListener watch) {
    traffic.watch(watch);
  }

  /** Calls the action at each change of the known leader. */
  public void onLeader(Runnable action) {
    onLeader.add(action);
  }

  /** Calls the action whenever a replica was killed or exited. */
  public void onDown(Runnable action) {
    onDown.add(action);
  }

  /** Returns the number of messages between replicas so far, as the course counts them. */
  public long messagesBetweenReplicas() {
    return traffic.betweenReplicas();
  }

  /** Resets the count of messages. */
  public void countFromHere() {
    traffic.countFromHere();
  }

  /** Calls the action with each replica that becomes ready. */
  public void onReady(Consumer<Id> action) {
    onReady.add(action);
  }

  /** Starts a replica that isn't running. */
  public void start(Id replica) {
    starting(replica);
    cluster.start(replica);
  }

  private void starting(Id replica) {
    population.set(replica, State.STARTING);
    traffic.starts(replica);
    trace.add(new Event.Started(nowMicros(), replica));
  }

  /** Kills a replica. */
  public void crash(Id replica) {
    population.set(replica, State.CRASHED);
    cluster.crash(replica);
    crashed(replica);
  }

  private void crashed(Id replica) {
    trace.add(new Event.Crashed(nowMicros(), replica));
    gone(replica);
  }

  /** Crashes a running replica in the middle of its next step. */
  public void crashMidway(Id replica) {
    cluster.crashMidway(replica);
  }

  /**
   * Pauses a replica: messages for it wait until it is resumed.
   *
   * @throws IllegalStateException if it isn't {@link State#READY}
   */
  public void pause(Id replica) {
    machines.pause(replica);
    linksChanged();
  }

  /**
   * Resumes a paused replica.
   *
   * @throws IllegalStateException if it isn't {@link State#PAUSED}
   */
  public void resume(Id replica) {
    machines.resume(replica);
    linksChanged();
  }

  /** Returns the clocks and disks of the replicas. */
  public MachineFaults machines() {
    return machines;
  }

  /** Whether this replica may exit now because its disk is damaged or full. */
  public boolean mayEnd(Id replica) {
    return machines.mayEnd(replica);
  }

  /** Whether a replica has exited that may not. */
  public boolean isLost() {
    return isLost;
  }

  private void gone(Id replica) {
    leadership.died(replica);
    recountLeader();
    List.copyOf(onDown).forEach(Runnable::run);
  }

  /** Whether this replica is paused. */
  public boolean isPaused(Id replica) {
    return state(replica) == State.PAUSED;
  }

  /** Whether this replica was started and hasn't ended since. */
  public boolean runs(Id replica) {
    return population.isReady(replica) || state(replica) == State.STARTING;
  }

  /** Kills a replica if it runs, and starts it again with the same ID and storage. */
  public void restart(Id replica) {
    if (runs(replica)) {
      crash(replica);
    }
    start(replica);
  }

  /**
   * Returns the ID of the next replica that could {@link #join}; {@link Id#BROADCAST} if none is
   * left, since the clients' IDs begin there.
   */
  public Id nextId() {
    Id next = Id.of(replicas().size());
    return answers.isClient(next) ? Id.BROADCAST : next;
  }

  /**
   * Starts one more replica, with the {@link #nextId}. It is not a member before it is {@link
   * #operator() added}. In a partitioned network it is on the side of the leader, if one is known.
   */
  public void join(Id replica) {
    if (!replica.equals(nextId())) {
      throw new IllegalArgumentException("the next to join is " + nextId() + ", not " + replica);
    }
    population.join(replica);
    links.place(replica, leader());
    starting(replica);
    cluster.join(replica);
  }

  /** Returns the operator, which asks the cluster to change its members or its leader. */
  public ClusterOperator operator() {
    return operator;
  }

  /** Sets the membership status that the cluster has acknowledged. */
  void standing(Id replica, MembershipStatus standing) {
    population.set(replica, standing);
    recountLeader();
  }

  /** Returns the links of the emulated network. */
  public LinkControl links() {
    return links;
  }

  /** Something is different for replicas from now on. */
  private void changed(FaultEffect effect) {
    trace.add(new Event.Effect(nowMicros(), effect));
  }

  private void linksChanged() {
    leadership.linksChanged();
    recountLeader();
  }

  private void recountLeader() {
    if (leadership.recount()) {
      trace.add(new Event.LeaderKnown(nowMicros(), leader()));
      if (!leader().isBroadcast()) {
        List.copyOf(onLeader).forEach(Runnable::run);
      }
    }
  }

  // ---- clients ----

  /** Passes answers for clients to {@code receiver}. */
  public void clients(Consumer<Message> receiver) {
    answers.receiver(receiver);
  }

  /**
   * Sends a replica a message of an unknown type with unknown fields, in the name of another
   * replica. The trace names the operator as its sender.
   */
  public void sendStrange(Id to) {
    Id pretended = replicas().stream().filter(id -> !id.equals(to)).findFirst().orElse(to);
    JsonObject fields = new JsonObject();
    fields.addProperty("note", "an unknown type");
    fields.add("list", new JsonArray());
    fields.add("nested", new JsonObject());
    traffic.pretend(
        operator.id(), to, Message.of(pretended, to, leader(), "strange", null, fields));
  }

  /**
   * Passes this client's answers to {@code receiver}; its messages are recorded, but not as
   * requests and answers.
   */
  public void unjudged(Id client, Consumer<Message> receiver) {
    answers.unjudged(client, receiver);
  }

  /** Sends a request of the {@link #unjudged} client. */
  public void askUnjudged(Message request) {
    traffic.pretend(request.src(), request.dst(), request);
  }

  /** Returns the sender for clients' requests. */
  public RequestSender requests() {
    return new ClientGateway(this, traffic);
  }

  // ---- events of the cluster, from ClusterListener ----

  /** A replica sent its first message since it was started. */
  void nowReady(Id replica) {
    population.set(replica, State.READY);
    trace.add(new Event.Ready(nowMicros(), replica));
    List.copyOf(onReady).forEach(action -> action.accept(replica));
  }

  /** A replica sent a message. */
  void heard(Id from, Message message) {
    if (leadership.heard(from, message.leader())) {
      recountLeader();
    }
    traffic.carry(from, message);
  }

  /** A message reached its receiver. */
  private void delivered(Event.Sent sent) {
    Id from = sent.from();
    Message message = sent.message();
    if (message.leader().equals(from)) {
      boolean matters =
          population.contains(sent.to())
              ? leadership.reached(from, sent.to())
              : message.type().equals(Message.OK) && leadership.acknowledged(from);
      if (matters) {
        recountLeader();
      }
    }
  }

  /** A replica exited. */
  void ended(Id replica, int exitCode, List<String> lastWords) {
    population.set(replica, State.EXITED);
    isLost |= !mayEnd(replica);
    trace.add(new Event.Exited(nowMicros(), replica, exitCode, lastWords));
    gone(replica);
  }

  /** A replica crashed in the middle of a step. */
  void diedMidway(Id replica) {
    population.set(replica, State.CRASHED);
    crashed(replica);
  }

  @Override
  public void close() {
    cluster.close();
  }
}
