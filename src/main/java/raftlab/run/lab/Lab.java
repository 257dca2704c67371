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
    /** It was ready, and is stopped now: what comes for it waits. */
    PAUSED,
    /** Killed by the kit. */
    CRASHED,
    /** Ended by itself. */
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
   * A lab with no replica started.
   *
   * @param trace where everything is recorded; its header names replicas, clients and seed
   * @param drops the probability that a message between replicas is lost, 0 to 1; for more than
   *     that, see {@link #links}
   * @param durable whether replicas have a place to store what must survive a crash
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

  /** The time since the lab was made, in microseconds. */
  public long nowMicros() {
    return cluster.nowMicros();
  }

  /** Plans an action of the kit. */
  public void at(long micros, Runnable action) {
    schedule.add(micros, action);
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
    busyWatch.look();
    // Looked up again: what has just been sent may be due before what was first until then.
    long late = nowMicros() - schedule.nextMicros();
    if (late >= 0) {
      if (late >= LATE_MICROS) {
        trace.add(new Event.HarnessLate(nowMicros(), late));
      }
      schedule.pollUntil(Long.MAX_VALUE).item().run();
    }
  }

  /**
   * How many times as long as on an idle machine the replicas may take for everything, since they
   * keep its processors busy themselves.
   */
  public double slack() {
    return load.slack();
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

  /** Forgets all but the latest events and requests: a console may stay open for days. */
  public void keepLast(int count, long mostBytes) {
    trace.keepLast(count, mostBytes);
    answers.keepLast(count);
  }

  /** What this replica is doing; null if there is none of this ID. */
  public State state(Id replica) {
    return population.state(replica);
  }

  /** What this replica is to the cluster; null if there is none of this ID. */
  public MembershipStatus standing(Id replica) {
    return population.standing(replica);
  }

  /** The replicas that can be reached and act, ascending: one that is paused is none of them. */
  public List<Id> ready() {
    return replicas().stream().filter(population::isAwake).toList();
  }

  /** Those that are down and were not removed before, the one that ended first in front. */
  public List<Id> down() {
    return population.down();
  }

  /** Who leads, as far as messages tell; {@link Id#BROADCAST} if nobody. */
  public Id leader() {
    return leadership.leader();
  }

  /** Why no leader is known, in words, by what replicas say. */
  public String whyNoLeader() {
    return traffic.betweenReplicas() == 0
        ? "no leader was elected: no replica sent any other a message"
        : "no leader was elected: " + leadership.whyNone();
  }

  /**
   * The living members that could exchange messages with the leader and don't follow it so far, by
   * what they say and what has reached them, ascending; all, if no leader is known.
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

  /** From now on this sees each message before anything becomes of it; null for nobody. */
  public void watchMessages(MessageListener watch) {
    traffic.watch(watch);
  }

  /** From now on this is called whenever another leader gets known. */
  public void onLeader(Runnable action) {
    onLeader.add(action);
  }

  /** From now on this is called whenever a replica was killed or has ended by itself. */
  public void onDown(Runnable action) {
    onDown.add(action);
  }

  /** The messages between replicas so far, as the course counts them. */
  public long messagesBetweenReplicas() {
    return traffic.betweenReplicas();
  }

  /** Forgets the messages counted so far. */
  public void countFromHere() {
    traffic.countFromHere();
  }

  /** From now on this is called with each replica that can be reached for the first time. */
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

  /** Lets a replica that runs crash in the middle of its next step. */
  public void crashMidway(Id replica) {
    cluster.crashMidway(replica);
  }

  /**
   * Stops a replica where it is: what comes for it waits until it may go on.
   *
   * @throws IllegalStateException if it isn't {@link State#READY}
   */
  public void pause(Id replica) {
    machines.pause(replica);
    linksChanged();
  }

  /**
   * Lets a replica go on that was stopped.
   *
   * @throws IllegalStateException if it isn't {@link State#PAUSED}
   */
  public void resume(Id replica) {
    machines.resume(replica);
    linksChanged();
  }

  /** The clocks and disks of the replicas. */
  public MachineFaults machines() {
    return machines;
  }

  /** Whether this replica may end by itself now, since its disk is damaged or full. */
  public boolean mayEnd(Id replica) {
    return machines.mayEnd(replica);
  }

  /** Whether a replica has ended by itself that may not. */
  public boolean isLost() {
    return isLost;
  }

  private void gone(Id replica) {
    leadership.died(replica);
    recountLeader();
    List.copyOf(onDown).forEach(Runnable::run);
  }

  /** Whether this replica was stopped and has not gone on since. */
  public boolean isPaused(Id replica) {
    return state(replica) == State.PAUSED;
  }

  /** Whether this replica was started, and hasn't ended since. */
  public boolean runs(Id replica) {
    return population.isReady(replica) || state(replica) == State.STARTING;
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
    links.place(replica, leader());
    starting(replica);
    cluster.join(replica);
  }

  /** Who asks the cluster to change its members or its leader. */
  public ClusterOperator operator() {
    return operator;
  }

  /** The cluster has said that this replica is this to it now. */
  void standing(Id replica, MembershipStatus standing) {
    population.set(replica, standing);
    recountLeader();
  }

  /** The links of the emulated network: what happens to messages, and what is cut. */
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

  /** Answers to clients go to {@code receiver}. */
  public void clients(Consumer<Message> receiver) {
    answers.receiver(receiver);
  }

  /**
   * Sends a message of an unknown type to a replica, with unknown fields, as if another replica had
   * sent it. The trace names the operator as its sender.
   */
  public void sendStrange(Id to) {
    Id pretended = replicas().stream().filter(id -> !id.equals(to)).findFirst().orElse(to);
    JsonObject fields = new JsonObject();
    fields.addProperty("note", "a type that nobody knows");
    fields.add("list", new JsonArray());
    fields.add("nested", new JsonObject());
    traffic.pretend(
        operator.id(), to, Message.of(pretended, to, leader(), "strange", null, fields));
  }

  /**
   * From now on this client's answers go to {@code receiver}, and neither they nor its requests are
   * recorded as such: only the messages are.
   */
  public void unjudged(Id client, Consumer<Message> receiver) {
    answers.unjudged(client, receiver);
  }

  /** Sends a request of the {@link #unjudged} client. */
  public void askUnjudged(Message request) {
    traffic.pretend(request.src(), request.dst(), request);
  }

  /** The way from clients into this lab. */
  public RequestSender requests() {
    return new ClientGateway(this, traffic);
  }

  // ---- what the cluster tells, see Ears ----

  /** A replica can be reached for the first time in this life of its. */
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

  /** A message has reached its receiver. */
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

  /** A replica ended by itself. */
  void ended(Id replica, int exitCode, List<String> lastWords) {
    population.set(replica, State.EXITED);
    isLost |= !mayEnd(replica);
    trace.add(new Event.Exited(nowMicros(), replica, exitCode, lastWords));
    gone(replica);
  }

  /** A replica that was to die in the middle of something has done so. */
  void diedMidway(Id replica) {
    population.set(replica, State.CRASHED);
    crashed(replica);
  }

  @Override
  public void close() {
    cluster.close();
  }
}
