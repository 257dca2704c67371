package raftlab.raft;

import static raftlab.raft.SimulatedCluster.MILLI;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import raftlab.node.Host;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.node.Storage;
import raftlab.storage.MemoryStorage;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * A machine of a {@link SimulatedCluster}, that one replica after the other lives on; only its disk
 * survives a crash.
 */
final class SimulatedMachine implements Host {
  private final SimulatedCluster cluster;
  final int number;
  private final List<Id> others;
  private final boolean joins;
  private final RaftSettings settings;
  private final double clockRate;
  private final long clockOffset;
  private final MemoryStorage disk = new MemoryStorage();
  private final Map<String, Long> timers = new HashMap<>();
  private final List<Message> outbox = new ArrayList<>();
  private final List<Consumer<Storage>> unsynced = new ArrayList<>();
  private final List<StateChange> changes = new ArrayList<>();
  private RaftNode node;

  /** Grows with each crash and each boot. */
  int life;

  private long pausedUntil;
  private long timerNumber;
  Role role = Role.FOLLOWER;
  long term;
  Id leaderId = Id.BROADCAST;

  SimulatedMachine(
      SimulatedCluster cluster, int number, List<Id> ids, boolean joins, RaftSettings settings) {
    this.cluster = cluster;
    this.number = number;
    this.others = ids.stream().filter(id -> id.value() != number).toList();
    this.joins = joins;
    this.settings = settings;
    clockRate = 1 + cluster.random.nextDouble(-1, 1) * cluster.drift;
    clockOffset = cluster.random.nextLong(-1_000_000, 1_000_000);
  }

  boolean isUp() {
    return node != null;
  }

  void boot() {
    if (node == null) {
      life++;
      node = new RaftNode(this, settings);
      cluster.safety.booted(number, new Journal(disk).restore());
      act(node::start);
    }
  }

  void crash() {
    if (node != null) {
      node = null;
      life++;
      timers.clear();
      role = Role.FOLLOWER;
      leaderId = Id.BROADCAST;
      cluster.safety.crashed(number);
    }
  }

  void pause(long until) {
    pausedUntil = Math.max(pausedUntil, until);
  }

  /** The state machine, members and all, as of what has been applied. */
  Snapshot picture() {
    return node.snapshot();
  }

  /** The key's value in the state machine. */
  String valueOf(String key) {
    return node.valueOf(key);
  }

  void deliver(Message message) {
    if (node != null) {
      whenAwake(() -> node.receive(message));
    }
  }

  private void whenAwake(Runnable event) {
    if (cluster.now() < pausedUntil) {
      int sameLife = life;
      cluster.at(
          pausedUntil + cluster.random.nextLong(100),
          () -> {
            if (life == sameLife) {
              whenAwake(event);
            }
          });
    } else {
      act(event);
    }
  }

  /**
   * The replica acts, its disk syncs, its messages leave; it may crash between any two of these.
   */
  private void act(Runnable event) {
    event.run();
    boolean crashes =
        cluster.crashInEvent > 0 && cluster.random.nextDouble() < cluster.crashInEvent;
    if (crashes && cluster.random.nextBoolean()) {
      int kept = cluster.random.nextInt(unsynced.size() + 1);
      unsynced.subList(0, kept).forEach(write -> write.accept(disk));
      if (kept == unsynced.size()) {
        applyChanges(); // a cluster of one may have committed something by this alone
      }
      clearPending();
      crash();
      return;
    }
    unsynced.forEach(write -> write.accept(disk));
    applyChanges();
    List<Message> toSend = List.copyOf(outbox);
    clearPending();
    int sent = crashes ? cluster.random.nextInt(toSend.size() + 1) : toSend.size();
    toSend.subList(0, sent).forEach(cluster::transmit);
    if (crashes) {
      crash();
    }
  }

  private void applyChanges() {
    for (StateChange change : changes) {
      if (change instanceof RoleChanged changed) {
        role = changed.role();
        term = changed.term();
        leaderId = changed.leader();
      }
      if (cluster.transcript != null) {
        cluster.transcript.accept(cluster.now() / MILLI + " " + id() + " " + change);
      }
      cluster.safety.changed(number, change);
    }
  }

  private void clearPending() {
    unsynced.clear();
    changes.clear();
    outbox.clear();
  }

  @Override
  public Id id() {
    return Id.of(number);
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
    return clockOffset + Math.round(Math.floor(cluster.now() * clockRate / MILLI));
  }

  @Override
  public void send(Message message) {
    if (message.dst().isBroadcast()) {
      throw new AssertionError("a node must not send broadcasts: " + message);
    }
    outbox.add(message);
  }

  @Override
  public void setTimer(String timer, long afterMillis) {
    long id = timerNumber++;
    timers.put(timer, id);
    int sameLife = life;
    cluster.at(
        cluster.now() + (long) Math.ceil(afterMillis * MILLI / clockRate),
        () -> {
          if (life == sameLife && timers.getOrDefault(timer, -1L) == id) {
            whenAwake(
                () -> {
                  if (timers.getOrDefault(timer, -1L) == id) {
                    timers.remove(timer);
                    node.timeout(timer);
                  }
                });
          }
        });
  }

  @Override
  public void cancelTimer(String timer) {
    timers.remove(timer);
  }

  @Override
  public RandomGenerator random() {
    return cluster.random;
  }

  @Override
  public Storage storage() {
    return new Storage() {
      @Override
      public List<byte[]> load() {
        return disk.load();
      }

      @Override
      public void append(byte[] record) {
        unsynced.add(on -> on.append(record));
      }

      @Override
      public void replace(List<byte[]> records) {
        unsynced.add(on -> on.replace(records));
      }
    };
  }

  @Override
  public void report(StateChange change) {
    changes.add(change);
  }
}
