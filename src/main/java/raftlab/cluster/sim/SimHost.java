package raftlab.cluster.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import raftlab.network.Seeds;
import raftlab.node.Host;
import raftlab.node.Node;
import raftlab.node.NodeFactory;
import raftlab.node.StateChange;
import raftlab.node.Storage;
import raftlab.storage.Disk;
import raftlab.storage.MemoryStorage;
import raftlab.storage.SimulatedDisk;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * The machine that a simulated replica lives on. It stays when its replica crashes, and so does its
 * disk, if it has one.
 */
final class SimHost implements Host {
  private final SimCluster cluster;
  private final Id id;
  private final RandomGenerator random;

  /** Null for a replica without a disk, which finds nothing when it starts again. */
  private final SimulatedDisk disk;

  private final Map<String, Long> timers = new HashMap<>();
  private final List<StateChange> changes = new ArrayList<>();
  private final List<Message> outbox = new ArrayList<>();
  private List<Id> others = List.of();
  private boolean joins;
  private Disk storage;
  private long settings;
  private Node node;

  SimHost(SimCluster cluster, Id id, long seed, boolean durable) {
    this.cluster = cluster;
    this.id = id;
    this.random = Seeds.generator(seed, "replica", id.value());
    this.disk = durable ? new SimulatedDisk(Seeds.generator(seed, "disk", id.value())) : null;
  }

  boolean isRunning() {
    return node != null;
  }

  /** Starts a node here that is told of these others, and whether it joins them. */
  void start(NodeFactory factory, List<Id> told, boolean joining) {
    others = told;
    joins = joining;
    storage = disk == null ? new MemoryStorage() : disk;
    step(
        () -> {
          node = factory.create(this);
          node.start();
        });
  }

  void crash() {
    node = null;
    timers.clear();
    changes.clear();
    outbox.clear();
    if (disk != null) {
      disk.crash();
    }
  }

  void receive(Message message) {
    if (node != null) {
      step(() -> node.receive(message));
    }
  }

  void timeout(SimTimer timer) {
    if (node != null && timers.remove(timer.name(), timer.setting())) {
      step(() -> node.timeout(timer.name()));
    }
  }

  /** One step of the node: it acts, its disk syncs, its changes are told, its messages leave. */
  private void step(Runnable call) {
    if (act(call)) {
      storage.sync();
      tell();
      send();
    }
  }

  /** Lets the node act; returns whether it survived that. */
  private boolean act(Runnable call) {
    try {
      call.run();
      return true;
    } catch (RuntimeException | StackOverflowError broken) {
      crash();
      cluster.broke(id, broken);
      return false;
    }
  }

  private void tell() {
    for (int i = 0; i < changes.size(); i++) {
      cluster.reported(id, changes.get(i));
    }
    changes.clear();
  }

  private void send() {
    for (int i = 0; i < outbox.size(); i++) {
      cluster.sent(id, outbox.get(i));
    }
    outbox.clear();
  }

  @Override
  public Id id() {
    return id;
  }

  @Override
  public List<Id> others() {
    return others;
  }

  @Override
  public boolean joins() {
    return joins;
  }

  @Override
  public long nowMillis() {
    return cluster.nowMicros() / 1000;
  }

  @Override
  public void send(Message message) {
    outbox.add(message);
  }

  @Override
  public void setTimer(String timer, long afterMillis) {
    if (afterMillis < 0) {
      throw new IllegalArgumentException("a timer can't be due " + -afterMillis + " ms ago");
    }
    timers.put(timer, ++settings);
    cluster.later(afterMillis * 1000, new SimTimer(this, timer, settings));
  }

  @Override
  public void cancelTimer(String timer) {
    timers.remove(timer);
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  @Override
  public Storage storage() {
    return storage;
  }

  @Override
  public void report(StateChange change) {
    changes.add(change);
  }
}
