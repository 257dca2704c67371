package raftlab.cluster.sim;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import raftlab.cluster.Cluster;
import raftlab.cluster.DiskFault;
import raftlab.cluster.InitialMembership;
import raftlab.cluster.KitLinkDelay;
import raftlab.cluster.TimeQueue;
import raftlab.node.NodeFactory;
import raftlab.node.StackTraceSummary;
import raftlab.node.StateChange;
import raftlab.storage.StorageException;
import raftlab.wire.Id;
import raftlab.wire.MalformedMessageException;
import raftlab.wire.Message;

/**
 * The simulated cluster: one queue of future events. It uses no real clock, no other thread and no
 * unseeded generator, so scenario and seed determine the run.
 */
final class SimCluster implements Cluster {
  private final NodeFactory factory;
  private final long seed;
  private final boolean durable;
  private final boolean isDelayedByKit;
  private final Observer observer;
  private final InitialMembership membership;
  private final Map<Id, SimHost> hosts = new TreeMap<>();
  private final TimeQueue<SimEvent> eventQueue = new TimeQueue<>();
  private final KitLinkDelay kitLinkDelay;
  private long nowMicros;

  SimCluster(SimWorld world, List<Id> replicas, long seed, boolean durable, Observer observer) {
    this.factory = world.factory();
    this.isDelayedByKit = world.isDelayedByKit();
    this.seed = seed;
    this.durable = durable;
    this.observer = observer;
    this.kitLinkDelay = new KitLinkDelay(seed, hosts::containsKey);
    this.membership = new InitialMembership(replicas);
    replicas.forEach(id -> hosts.put(id, new SimHost(this, id, seed, durable)));
  }

  @Override
  public long nowMicros() {
    return nowMicros;
  }

  @Override
  public void start(Id replica) {
    SimHost host = host(replica);
    long life = host.incarnation();
    observer.ready(replica);
    // Unless the observer has crashed it.
    if (host.incarnation() == life) {
      host.start(factory, membership.othersOf(replica), membership.hasJoined(replica));
    }
  }

  @Override
  public void join(Id replica) {
    membership.join(replica);
    hosts.computeIfAbsent(replica, id -> new SimHost(this, id, seed, durable));
    start(replica);
  }

  @Override
  public void crash(Id replica) {
    host(replica).crash();
  }

  @Override
  public void crashDuringNextStep(Id replica) {
    host(replica).crashDuringNextStep();
  }

  @Override
  public void pause(Id replica) {
    host(replica).pause();
  }

  @Override
  public void resume(Id replica) {
    host(replica).resume();
  }

  @Override
  public void setClockRate(Id replica, double rate) {
    Cluster.requireValidClockRate(rate);
    host(replica).setClockRate(rate);
  }

  @Override
  public String applyDiskFault(Id replica, DiskFault fault) {
    return host(replica).applyDiskFault(fault);
  }

  @Override
  public void deliver(Id replica, Message message) {
    SimHost host = host(replica);
    if (host.isRunning()) {
      long hop = isDelayedByKit ? kitLinkDelay.micros(message.src(), replica, nowMicros) : 0;
      eventQueue.add(nowMicros + hop, host.messageArrival(message));
    }
  }

  @Override
  public void deliverRaw(Id replica, byte[] datagram) {
    try {
      deliver(replica, Message.parse(datagram));
    } catch (MalformedMessageException ignored) {
      // As a replica's process does with an invalid message.
      return;
    }
  }

  @Override
  public void advance(long untilMicros) {
    TimeQueue.Entry<SimEvent> next = eventQueue.pollUntil(untilMicros);
    if (next == null) {
      nowMicros = Math.max(nowMicros, untilMicros);
      return;
    }
    nowMicros = Math.max(nowMicros, next.atMicros());
    next.item().host().handleDue(next);
  }

  @Override
  public boolean hasStored(Id replica) {
    return host(replica).hasStored();
  }

  @Override
  public long nextEventMicros() {
    return eventQueue.nextMicros();
  }

  @Override
  public List<String> timers(Id replica) {
    return host(replica).timers();
  }

  @Override
  public boolean fireTimer(Id replica, String timer) {
    return host(replica).fireTimer(timer);
  }

  private SimHost host(Id replica) {
    return Objects.requireNonNull(hosts.get(replica), "the caller names replicas of this cluster");
  }

  void sent(Id from, Message message) {
    observer.received(from, message);
  }

  void schedule(long afterMicros, SimEvent event) {
    eventQueue.add(nowMicros + afterMicros, event);
  }

  /** Puts back events that waited; they are due at once, in their old order. */
  void requeue(List<TimeQueue.Entry<SimEvent>> entries) {
    entries.forEach(eventQueue::putBack);
  }

  void reported(Id replica, StateChange change) {
    observer.reported(replica, change);
  }

  void crashedMidway(Id replica) {
    observer.crashedDuringStep(replica);
  }

  /** A node or its disk threw an exception: the replica has crashed, as a process would. */
  void nodeFailed(Id replica, Throwable why) {
    if (why instanceof StorageException) {
      observer.exited(replica, 1, List.of("raftlab replica: " + why.getMessage()));
      return;
    }
    observer.exited(replica, 1, List.of(StackTraceSummary.of(why).split("\n")));
  }

  @Override
  public void close() {
    hosts.values().forEach(SimHost::crash);
  }
}
