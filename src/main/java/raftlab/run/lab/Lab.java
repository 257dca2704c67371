package raftlab.run.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import raftlab.cluster.Cluster;
import raftlab.cluster.TimeQueue;
import raftlab.cluster.World;
import raftlab.judge.load.MachineLoad;
import raftlab.network.Network;
import raftlab.scenario.LinkConditions;
import raftlab.trace.Event;
import raftlab.trace.FaultEffect;
import raftlab.trace.Trace;
import raftlab.trace.UnmetCondition;
import raftlab.wire.Id;
import raftlab.wire.Message;
import raftlab.workload.RequestTransport;

/**
 * A running cluster behind the emulated network, with all events recorded in a trace. Scenarios and
 * the console use it. The same in both worlds; used by one thread.
 */
public final class Lab implements AutoCloseable {
  /** The least lateness that is recorded; it can disturb a replica's timers. */
  private static final long LATE_MICROS = 50_000;

  private final Trace trace;
  private final LinkControl links;
  private final Cluster cluster;
  private final MachineFaults machineFaults;
  private final ProcessorUseRecorder processorUseRecorder;
  private final MachineLoad load = new MachineLoad();
  private final TimeQueue<Runnable> schedule = new TimeQueue<>();
  private final ReplicaStates replicaStates;
  private final Leadership leadership;
  private final AnswerValidator answerValidator;
  private final MessageRouter router;
  private final MessageDelivery delivery;
  private final ClusterOperator operator;
  private final List<Runnable> onDown = new ArrayList<>();
  private final List<Consumer<Id>> onReady = new ArrayList<>();
  private boolean hasUnexpectedExit;

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
    this.replicaStates = new ReplicaStates(replicas);
    this.leadership = new Leadership(trace, this::nowMicros, replicaStates, network);
    this.links = new LinkControl(network, replicaStates, this::changed, leadership::linksChanged);
    this.operator = new ClusterOperator(this);
    this.answerValidator = new AnswerValidator(trace, this::nowMicros, operator);
    this.cluster = world.open(replicas, trace.header().seed(), durable, new ClusterListener(this));
    this.processorUseRecorder = new ProcessorUseRecorder(cluster, trace);
    trace.addListener(load::onEvent);
    this.machineFaults = new MachineFaults(world, cluster, replicaStates, trace);
    this.delivery =
        new MessageDelivery(
            trace, replicaStates, schedule, cluster, answerValidator, leadership::messageDelivered);
    this.router =
        new MessageRouter(
            trace, this::nowMicros, replicaStates, network, answerValidator, delivery);
    links.conditions(LinkConditions.loss(drops));
  }

  // ---- time ----

  /** Returns the time since the lab was created, in microseconds. */
  public long nowMicros() {
    return cluster.nowMicros();
  }

  /** Schedules an action of the kit. */
  public void scheduleAt(long micros, Runnable action) {
    schedule.add(micros, action);
  }

  /** Advances time to this moment or slightly beyond, with all actions and events on the way. */
  public void runUntil(long micros) {
    while (nowMicros() < micros) {
      step(micros);
    }
  }

  /** Advances time until an event happens, or to this moment at most. */
  public void step(long untilMicros) {
    cluster.advance(Math.min(schedule.nextMicros(), untilMicros));
    processorUseRecorder.poll();
    // Looked up again: a message that was just sent may be due earlier.
    long late = nowMicros() - schedule.nextMicros();
    if (late >= 0) {
      if (late >= LATE_MICROS) {
        trace.add(new Event.HarnessLate(nowMicros(), late));
      }
      Objects.requireNonNull(schedule.pollUntil(Long.MAX_VALUE), "one is due").item().run();
    }
  }

  /** Returns the single events of this lab, for worlds in which time can stop between them. */
  public Stepping stepping() {
    return new Stepping(cluster, schedule);
  }

  /** Returns the messages that wait for their delivery. */
  public MessagesInFlight messagesInFlight() {
    return delivery.inFlight();
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
    return replicaStates.all();
  }

  /** Returns the members of the cluster, ascending, running or not. */
  public List<Id> members() {
    return replicaStates.members();
  }

  /** Discards all but the latest events and requests: a console may stay open for days. */
  public void keepLast(int count, long mostBytes) {
    trace.keepLast(count, mostBytes);
    answerValidator.keepLast(count);
  }

  /** Returns the state of this replica; null for an unknown ID. */
  public @Nullable ReplicaState state(Id replica) {
    return replicaStates.state(replica);
  }

  /** Returns the membership status of this replica; null for an unknown ID. */
  public @Nullable MembershipStatus membershipStatus(Id replica) {
    return replicaStates.membershipStatus(replica);
  }

  /** Returns the replicas that are ready and not paused, ascending. */
  public List<Id> ready() {
    return replicas().stream().filter(replicaStates::isActing).toList();
  }

  /** Returns the replicas that are down and not removed, in the order in which they ended. */
  public List<Id> down() {
    return replicaStates.down();
  }

  /** Returns the leader as seen in messages. */
  public Optional<Id> leader() {
    return leadership.leader();
  }

  /** Whether this replica is the leader as seen in messages. */
  public boolean isLeader(Id replica) {
    return replica.equals(leader().orElse(null));
  }

  /** Returns why no leader is known, from the replicas' messages. */
  public UnmetCondition noLeader() {
    return new UnmetCondition.NoLeaderElected(
        router.messagesBetweenReplicas() > 0, leadership.claimants());
  }

  /** Returns the leadership: changes of leader, and the replicas that don't follow the leader. */
  public Leadership leadership() {
    return leadership;
  }

  /** Calls the listener with each message before the network decides on it; null for none. */
  public void setMessageListener(@Nullable MessageListener watch) {
    router.listener(watch);
  }

  /** Calls the action whenever a replica was killed or exited. */
  public void onDown(Runnable action) {
    onDown.add(action);
  }

  /** Returns the number of messages between replicas so far, as the course counts them. */
  public long messagesBetweenReplicas() {
    return router.messagesBetweenReplicas();
  }

  /** Resets the count of messages. */
  public void resetMessageCount() {
    router.resetCount();
  }

  /** Calls the action with each replica that becomes ready. */
  public void onReady(Consumer<Id> action) {
    onReady.add(action);
  }

  /** Starts a replica that isn't running. */
  public void start(Id replica) {
    noteStarting(replica);
    cluster.start(replica);
  }

  private void noteStarting(Id replica) {
    replicaStates.set(replica, ReplicaState.STARTING);
    router.replicaStarted(replica);
    trace.add(new Event.Started(nowMicros(), replica));
  }

  /** Kills a replica. */
  public void crash(Id replica) {
    replicaStates.set(replica, ReplicaState.CRASHED);
    cluster.crash(replica);
    noteCrashed(replica);
  }

  private void noteCrashed(Id replica) {
    trace.add(new Event.Crashed(nowMicros(), replica));
    replicaGone(replica);
  }

  /** Crashes a running replica in the middle of its next step. */
  public void crashDuringNextStep(Id replica) {
    cluster.crashDuringNextStep(replica);
  }

  /**
   * Pauses a replica: messages for it wait until it is resumed.
   *
   * @throws IllegalStateException if it isn't {@link ReplicaState#READY}
   */
  public void pause(Id replica) {
    machineFaults.pause(replica);
    leadership.linksChanged();
  }

  /**
   * Resumes a paused replica.
   *
   * @throws IllegalStateException if it isn't {@link ReplicaState#PAUSED}
   */
  public void resume(Id replica) {
    machineFaults.resume(replica);
    leadership.linksChanged();
  }

  /** Returns the clocks and disks of the replicas. */
  public MachineFaults machineFaults() {
    return machineFaults;
  }

  /** Whether this replica may exit now because its disk is damaged or full. */
  public boolean mayExit(Id replica) {
    return machineFaults.mayExit(replica);
  }

  /** Whether a replica has exited that may not. */
  public boolean hasUnexpectedExit() {
    return hasUnexpectedExit;
  }

  private void replicaGone(Id replica) {
    leadership.replicaCrashed(replica);
    List.copyOf(onDown).forEach(Runnable::run);
  }

  /** Whether this replica is paused. */
  public boolean isPaused(Id replica) {
    return state(replica) == ReplicaState.PAUSED;
  }

  /** Whether this replica was started and hasn't ended since. */
  public boolean isRunning(Id replica) {
    return replicaStates.isReady(replica) || state(replica) == ReplicaState.STARTING;
  }

  /** Kills a replica if it runs, and starts it again with the same ID and storage. */
  public void restart(Id replica) {
    if (isRunning(replica)) {
      crash(replica);
    }
    start(replica);
  }

  /**
   * Returns the ID of the next replica that could {@link #join}; empty if none is left, since the
   * clients' IDs begin there.
   */
  public Optional<Id> nextId() {
    Id next = Id.of(replicas().size());
    return answerValidator.isClient(next) ? Optional.empty() : Optional.of(next);
  }

  /**
   * Starts one more replica, with the {@link #nextId}. It is not a member before it is {@link
   * #operator() added}. In a partitioned network it is on the side of the leader, if one is known.
   */
  public void join(Id replica) {
    Id next = nextId().orElse(null);
    if (!replica.equals(next)) {
      throw new IllegalArgumentException("the next to join is " + next + ", not " + replica);
    }
    replicaStates.join(replica);
    links.addReplica(replica, leader().orElse(null));
    noteStarting(replica);
    cluster.join(replica);
  }

  /** Returns the operator, which asks the cluster to change its members or its leader. */
  public ClusterOperator operator() {
    return operator;
  }

  /** Sets the membership status that the cluster has acknowledged. */
  void membershipStatus(Id replica, MembershipStatus standing) {
    replicaStates.set(replica, standing);
    leadership.membersChanged();
  }

  /** Returns the links of the emulated network. */
  public LinkControl links() {
    return links;
  }

  /** Something is different for replicas from now on. */
  private void changed(FaultEffect effect) {
    trace.add(new Event.Effect(nowMicros(), effect));
  }

  // ---- clients ----

  /** Passes answers for clients to {@code receiver}. */
  public void clientReceiver(Consumer<Message> receiver) {
    answerValidator.receiver(receiver);
  }

  /** Returns the sender for clients' requests. */
  public RequestTransport requests() {
    return new ClientGateway(this, router);
  }

  /** Returns the sender for messages of the kit that are not clients' requests. */
  public UnjudgedMessages unjudgedMessages() {
    return new UnjudgedMessages(this, router, answerValidator);
  }

  // ---- events of the cluster, from ClusterListener ----

  /** A replica sent its first message since it was started. */
  void replicaReady(Id replica) {
    replicaStates.set(replica, ReplicaState.READY);
    trace.add(new Event.Ready(nowMicros(), replica));
    List.copyOf(onReady).forEach(action -> action.accept(replica));
  }

  /** A replica sent a message. */
  void messageReceived(Id from, Message message) {
    leadership.messageSent(from, message);
    router.routeFromReplica(from, message);
  }

  /** A replica exited. */
  void replicaExited(Id replica, int exitCode, List<String> lastWords) {
    replicaStates.set(replica, ReplicaState.EXITED);
    hasUnexpectedExit |= !mayExit(replica);
    trace.add(new Event.Exited(nowMicros(), replica, exitCode, lastWords));
    replicaGone(replica);
  }

  /** A replica crashed in the middle of a step. */
  void replicaCrashedDuringStep(Id replica) {
    replicaStates.set(replica, ReplicaState.CRASHED);
    noteCrashed(replica);
  }

  @Override
  public void close() {
    cluster.close();
  }
}
