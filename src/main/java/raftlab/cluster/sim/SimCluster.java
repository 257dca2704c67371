package raftlab.cluster.sim;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import raftlab.cluster.Cluster;
import raftlab.cluster.Roster;
import raftlab.network.Seeds;
import raftlab.node.NodeFactory;
import raftlab.node.StateChange;
import raftlab.wire.Id;
import raftlab.wire.MalformedMessageException;
import raftlab.wire.Message;

/**
 * The simulated cluster: one queue of what is to come. Nothing in it reads a clock, a thread or an
 * unseeded generator, so that (scenario, seed) decides everything.
 */
final class SimCluster implements Cluster {
  /**
   * The way between the kit and a replica takes this long at least, in microseconds; 0 to as much
   * again on top.
   */
  private static final int HOP_MICROS = 100;

  private final NodeFactory factory;
  private final long seed;
  private final boolean durable;
  private final Observer observer;
  private final Roster roster;
  private final Map<Id, SimHost> hosts = new TreeMap<>();
  private final Agenda agenda = new Agenda();
  private final RandomGenerator hops;
  private long nowMicros;

  SimCluster(
      NodeFactory factory, List<Id> replicas, long seed, boolean durable, Observer observer) {
    this.factory = factory;
    this.seed = seed;
    this.durable = durable;
    this.observer = observer;
    this.hops = Seeds.generator(seed, "hops", 0);
    this.roster = new Roster(replicas);
    replicas.forEach(id -> hosts.put(id, new SimHost(this, id, seed, durable)));
  }

  @Override
  public long nowMicros() {
    return nowMicros;
  }

  @Override
  public void start(Id replica) {
    observer.ready(replica);
    hosts.get(replica).start(factory, roster.othersOf(replica), roster.hasJoined(replica));
  }

  @Override
  public void join(Id replica) {
    roster.join(replica);
    hosts.computeIfAbsent(replica, id -> new SimHost(this, id, seed, durable));
    start(replica);
  }

  @Override
  public void crash(Id replica) {
    hosts.get(replica).crash();
  }

  @Override
  public void deliver(Id replica, Message message) {
    SimHost host = hosts.get(replica);
    if (host.isRunning()) {
      long hop = HOP_MICROS + hops.nextInt(HOP_MICROS + 1);
      agenda.add(nowMicros + hop, host, message);
    }
  }

  @Override
  public void deliverRaw(Id replica, byte[] datagram) {
    try {
      deliver(replica, Message.parse(datagram));
    } catch (MalformedMessageException ignored) {
      // As a replica's process does with what is no message.
      return;
    }
  }

  @Override
  public void advance(long untilMicros) {
    Agenda.Entry next = agenda.pollUntil(untilMicros);
    if (next == null) {
      nowMicros = Math.max(nowMicros, untilMicros);
      return;
    }
    nowMicros = Math.max(nowMicros, next.atMicros());
    if (next.timer() == null) {
      next.host().receive(next.message());
    } else {
      next.host().timeout(next.timer());
    }
  }

  void sent(Id from, Message message) {
    observer.received(from, message);
  }

  void later(long afterMicros, SimTimer timer) {
    agenda.add(nowMicros + afterMicros, timer);
  }

  void reported(Id replica, StateChange change) {
    observer.reported(replica, change);
  }

  /** A node threw: its replica is dead, as a process would be. */
  void broke(Id replica, Throwable why) {
    StringWriter text = new StringWriter();
    why.printStackTrace(new PrintWriter(text));
    observer.exited(replica, 1, text.toString().lines().limit(20).toList());
  }

  @Override
  public void close() {
    hosts.values().forEach(SimHost::crash);
  }
}
