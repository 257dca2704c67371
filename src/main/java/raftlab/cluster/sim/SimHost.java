package raftlab.cluster.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import raftlab.cluster.DiskFault;
import raftlab.cluster.TimeQueue;
import raftlab.network.SeededGenerators;
import raftlab.node.Host;
import raftlab.node.Node;
import raftlab.node.NodeFactory;
import raftlab.node.StateChange;
import raftlab.storage.DurableStorage;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * A simulated machine that runs one replica. The machine, its clock and its disk survive the
 * replica's crashes.
 */
final class SimHost implements Host {
  /** How often a node may set a timer again before it acts. */
  private static final int MAX_TIMER_RESETS = 5;

  private final SimCluster cluster;
  private final Id id;
  private final RandomGenerator random;

  /** Draws the point of a crash in the middle of a step. */
  private final RandomGenerator crashPointRandom;

  private final SimStorage machineStorage;
  private final SimClock clock = new SimClock();
  private final SimTimers timers;
  private final PausedInbox pausedInbox = new PausedInbox();
  private final List<StateChange> changes = new ArrayList<>();
  private final List<Message> outbox = new ArrayList<>();
  private List<Id> others = List.of();
  private boolean joins;
  private @Nullable DurableStorage storage;
  private @Nullable Node node;

  /** Counts the messages and changes of the node. */
  private long effects;

  /** Counts the crashes; events from before a crash are ignored. */
  private long incarnation;

  private boolean running;
  private boolean paused;

  /** Whether a slow sync is in progress. */
  private boolean syncing;

  /** Whether it crashes in its next step. */
  private boolean crashesNextStep;

  SimHost(SimCluster cluster, Id id, long seed, boolean durable) {
    this.cluster = cluster;
    this.id = id;
    this.random = SeededGenerators.generator(seed, "replica", id.value());
    this.crashPointRandom = SeededGenerators.generator(seed, "midway", id.value());
    this.machineStorage =
        new SimStorage(id, durable, SeededGenerators.generator(seed, "disk", id.value()));
    this.timers =
        new SimTimers(
            clock,
            (afterMicros, name, setting) ->
                cluster.schedule(afterMicros, new SimEvent.Timer(this, name, setting)));
  }

  // ---- events of the machine ----

  boolean isRunning() {
    return running;
  }

  /** Returns the number of crashes so far. */
  long incarnation() {
    return incarnation;
  }

  /** Creates the arrival of a message, which is ignored if the replica crashes before. */
  SimEvent messageArrival(Message message) {
    return new SimEvent.Arrival(this, incarnation, message);
  }

  /** Starts a node here, with the IDs of the others, and whether it joins them. */
  void start(NodeFactory factory, List<Id> otherIds, boolean joining) {
    others = otherIds;
    joins = joining;
    running = true;
    step(
        () -> {
          storage = machineStorage.open();
          Node created = factory.create(this);
          node = created;
          created.start();
        });
  }

  void crash() {
    if (running) {
      machineStorage.crash();
    }
    incarnation++;
    running = false;
    paused = false;
    syncing = false;
    crashesNextStep = false;
    node = null;
    timers.clear();
    pausedInbox.clear();
    changes.clear();
    outbox.clear();
  }

  void crashDuringNextStep() {
    crashesNextStep = running;
  }

  void pause() {
    paused = running;
  }

  void resume() {
    if (paused) {
      paused = false;
      cluster.requeue(pausedInbox.takeAll());
    }
  }

  void setClockRate(double rate) {
    clock.rate(rate, cluster.nowMicros());
    timers.rescheduleAll(cluster.nowMicros());
  }

  boolean hasStored() {
    return machineStorage.hasStored();
  }

  String applyDiskFault(DiskFault fault) {
    return machineStorage.apply(fault, running);
  }

  /** Handles an event that is due. */
  void handleDue(TimeQueue.Entry<SimEvent> entry) {
    SimEvent event = entry.item();
    if (paused || syncing && !(event instanceof SimEvent.Synced)) {
      pausedInbox.add(entry);
    } else if (event instanceof SimEvent.Arrival arrival) {
      if (arrival.incarnation() == incarnation) {
        step(() -> node().receive(arrival.message()));
      }
    } else if (event instanceof SimEvent.Timer timer) {
      if (timers.takeDue(timer.name(), timer.setting())) {
        step(() -> node().timeout(timer.name()));
      }
    } else if (event instanceof SimEvent.Synced synced && synced.incarnation() == incarnation) {
      syncing = false;
      cluster.requeue(pausedInbox.takeAll());
      finishStep();
    }
  }

  /** Returns the names of the timers that are set, sorted. */
  List<String> timers() {
    return timers.names();
  }

  /**
   * Lets a timer expire: the clock jumps to its time. A node may set its timer again because it had
   * wanted a later time in the meantime; then the clock jumps to that.
   *
   * @return whether it was set
   */
  boolean fireTimer(String name) {
    if (paused || syncing || !timers.isSet(name)) {
      return false;
    }
    long before = effects;
    for (int i = 0; i < MAX_TIMER_RESETS && timers.isSet(name) && effects == before; i++) {
      timers.expire(name, cluster.nowMicros());
      step(() -> node().timeout(name));
    }
    return true;
  }

  private Node node() {
    return Objects.requireNonNull(node, "a crash discards the events that come before a start");
  }

  // ---- a step of its node ----

  /**
   * Runs one step of the node: it handles an event, its disk syncs, its changes are reported, its
   * messages are sent.
   */
  private void step(Runnable call) {
    if (!survivesCall(call)) {
      return;
    }
    if (crashesNextStep) {
      crashDuringThisStep();
    } else if (machineStorage.syncMicros() > 0) {
      syncing = true;
      cluster.schedule(machineStorage.syncMicros(), new SimEvent.Synced(this, incarnation));
    } else {
      finishStep();
    }
  }

  private void finishStep() {
    if (survivesCall(storage()::sync) && reportChanges()) {
      send(outbox.size());
    }
  }

  /** Crashes before the disk syncs, before a message is sent, or after some messages were sent. */
  private void crashDuringThisStep() {
    long mine = incarnation;
    int point = crashPointRandom.nextInt(3);
    if (point > 0
        && survivesCall(storage()::sync)
        && reportChanges()
        && point == 2
        && !outbox.isEmpty()) {
      send(outbox.size() == 1 ? 1 : 1 + crashPointRandom.nextInt(outbox.size() - 1));
    }
    if (incarnation == mine) {
      crash();
      cluster.crashedMidway(id);
    }
  }

  /** Runs the node or its disk; returns whether the replica is still running. */
  private boolean survivesCall(Runnable call) {
    try {
      call.run();
      return true;
    } catch (RuntimeException | StackOverflowError broken) {
      crash();
      cluster.nodeFailed(id, broken);
      return false;
    }
  }

  /** Reports its changes; returns whether the observer has not crashed it. */
  private boolean reportChanges() {
    long mine = incarnation;
    List<StateChange> reported = List.copyOf(changes);
    changes.clear();
    for (int i = 0; i < reported.size() && incarnation == mine; i++) {
      cluster.reported(id, reported.get(i));
    }
    return incarnation == mine;
  }

  /** Sends the first messages of its outbox, unless the observer crashes it, and drops the rest. */
  private void send(int count) {
    long mine = incarnation;
    List<Message> leaving = List.copyOf(outbox.subList(0, count));
    outbox.clear();
    for (int i = 0; i < count && incarnation == mine; i++) {
      cluster.sent(id, leaving.get(i));
    }
  }

  // ---- the node's view ----

  @Override
  public Id id() {
    return id;
  }

  @Override
  public List<Id> others() {
    return others;
  }

  @Override
  public boolean isJoining() {
    return joins;
  }

  @Override
  public long nowMillis() {
    return (long) clock.clockMicros(cluster.nowMicros()) / 1000;
  }

  @Override
  public void send(Message message) {
    message.checkSize();
    effects++;
    outbox.add(message);
  }

  @Override
  public void setTimer(String timer, long afterMillis) {
    if (afterMillis < 0) {
      throw new IllegalArgumentException("a timer can't be due " + -afterMillis + " ms ago");
    }
    timers.set(timer, afterMillis * 1000, cluster.nowMicros());
  }

  @Override
  public void cancelTimer(String timer) {
    timers.cancel(timer);
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  @Override
  public DurableStorage storage() {
    return Objects.requireNonNull(storage, "a start opens it before it creates the node");
  }

  @Override
  public void report(StateChange change) {
    effects++;
    changes.add(change);
  }
}
