package raftlab.cluster.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import raftlab.network.Seeds;
import raftlab.node.Host;
import raftlab.node.Node;
import raftlab.node.StateChange;
import raftlab.node.Storage;
import raftlab.storage.MemoryStorage;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * The machine that a simulated replica lives on. It stays when its replica crashes, and so does its
 * storage.
 */
final class SimHost implements Host {
  private final SimCluster cluster;
  private final Id id;
  private final List<Id> others;
  private final RandomGenerator random;
  private final boolean joins;
  private Storage storage = new MemoryStorage();
  private final Map<String, Long> timers = new HashMap<>();
  private final List<Message> outbox = new ArrayList<>();
  private long settings;
  private Node node;

  SimHost(SimCluster cluster, Id id, List<Id> others, long seed, boolean joins) {
    this.cluster = cluster;
    this.id = id;
    this.others = others;
    this.joins = joins;
    this.random = Seeds.generator(seed, "replica", id.value());
  }

  boolean isRunning() {
    return node != null;
  }

  void start(Node node) {
    this.node = node;
    act(node::start);
  }

  void crash() {
    node = null;
    timers.clear();
    outbox.clear();
  }

  /** Its disk is another. */
  void forget() {
    storage = new MemoryStorage();
  }

  void receive(Message message) {
    if (node != null) {
      act(() -> node.receive(message));
    }
  }

  void timeout(SimTimer timer) {
    if (node != null && timers.remove(timer.name(), timer.setting())) {
      act(() -> node.timeout(timer.name()));
    }
  }

  /**
   * Lets the node act, and then its messages leave: what it stored meanwhile is durable by then.
   */
  private void act(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | StackOverflowError broken) {
      crash();
      cluster.broke(id, broken);
      return;
    }
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
    cluster.reported(id, change);
  }
}
