package raftlab.raft;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import raftlab.node.Host;
import raftlab.node.Node;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.node.Storage;
import raftlab.storage.MemoryStorage;
import raftlab.wire.Id;
import raftlab.wire.MalformedMessageException;
import raftlab.wire.Message;

/**
 * Replicas on a virtual clock, with a network that loses, delays, repeats and reorders. One seed
 * makes one run, always the same. Times are in microseconds since the run began.
 */
final class SimulatedCluster {
  static final long MILLI = 1_000;

  private record Event(long at, long order, Runnable what) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
    }
  }

  final int size;
  final SplittableRandom random;
  final List<Machine> machines = new ArrayList<>();
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private long order;
  private long now;

  double loss;
  double duplication;
  long minDelay = 200;
  long maxDelay = 1_000;
  double lateness;

  /** Whether messages are rendered and read again, as they are on a real network. */
  boolean asBytes;

  /** The chance that a machine crashes in the middle of an event. */
  double crashInEvent;

  final boolean[][] cut;
  Consumer<Message> clientInbox = message -> {};
  Safety safety;
  long messages;
  final Map<String, Long> messagesByType = new HashMap<>();

  SimulatedCluster(int size, long seed, RaftSettings settings) {
    this.size = size;
    this.random = new SplittableRandom(seed);
    this.cut = new boolean[size][size];
    this.safety = new Safety(size);
    for (int i = 0; i < size; i++) {
      machines.add(new Machine(i, settings));
    }
  }

  void startAll() {
    for (Machine machine : machines) {
      at(now + random.nextLong(20 * MILLI), machine::boot);
    }
  }

  long now() {
    return now;
  }

  void at(long moment, Runnable what) {
    events.add(new Event(moment, order++, what));
  }

  void runUntil(long moment) {
    while (!events.isEmpty() && events.peek().at() <= moment) {
      Event event = events.poll();
      now = event.at();
      event.what().run();
    }
    now = moment;
  }

  /** Runs until the condition holds, looking after each event. Whether it came to hold in time. */
  boolean runUntil(long moment, java.util.function.BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      if (events.isEmpty() || events.peek().at() > moment) {
        return false;
      }
      Event event = events.poll();
      now = event.at();
      event.what().run();
    }
    return true;
  }

  /** The leader of the latest term that lives, or null. */
  Machine leader() {
    Machine found = null;
    for (Machine machine : machines) {
      if (machine.isUp()
          && machine.role == Role.LEADER
          && (found == null || machine.term > found.term)) {
        found = machine;
      }
    }
    return found;
  }

  void heal() {
    for (boolean[] row : cut) {
      java.util.Arrays.fill(row, false);
    }
  }

  void isolate(int machine) {
    for (int other = 0; other < size; other++) {
      cut[machine][other] = true;
      cut[other][machine] = true;
    }
  }

  /** A client's message; the network between clients and replicas loses nothing. */
  void request(Message message) {
    Machine to = machines.get(message.dst().value());
    Message asSent = overTheWire(message);
    at(now + random.nextLong(100, MILLI), () -> to.deliver(asSent));
    if (random.nextDouble() < duplication) {
      // A replica that crashed has forgotten the request, so a repetition may only reach the same
      // life.
      int sameLife = to.life;
      at(
          now + random.nextLong(100, 50 * MILLI),
          () -> {
            if (to.life == sameLife) {
              to.deliver(asSent);
            }
          });
    }
  }

  private void transmit(Message message) {
    int to = message.dst().value();
    if (to >= size) {
      at(now + random.nextLong(100, MILLI), () -> clientInbox.accept(message));
      return;
    }
    messages++;
    messagesByType.merge(message.type(), 1L, Long::sum);
    Message asSent = overTheWire(message);
    if (cut[message.src().value()][to] || random.nextDouble() < loss) {
      return;
    }
    at(now + delay(), () -> machines.get(to).deliver(asSent));
    if (random.nextDouble() < duplication) {
      at(now + delay(), () -> machines.get(to).deliver(asSent));
    }
  }

  private long delay() {
    long delay = random.nextLong(minDelay, maxDelay);
    return random.nextDouble() < lateness ? delay + random.nextLong(400 * MILLI) : delay;
  }

  private Message overTheWire(Message message) {
    if (!asBytes) {
      return message;
    }
    try {
      return Message.parse(message.bytes());
    } catch (MalformedMessageException malformed) {
      throw new AssertionError(malformed);
    }
  }

  /** A machine that one replica after the other lives on; only its disk survives a crash. */
  final class Machine implements Host {
    final int number;
    private final RaftSettings settings;
    private final double clockRate = 1 + random.nextDouble(-0.02, 0.02);
    private final long clockOffset = random.nextLong(-1_000_000, 1_000_000);
    private final MemoryStorage disk = new MemoryStorage();
    private final Map<String, Long> timers = new HashMap<>();
    private final List<Message> outbox = new ArrayList<>();
    private final List<byte[]> unsynced = new ArrayList<>();
    private final List<StateChange> changes = new ArrayList<>();
    private Node node;

    /** Grows with each crash and each boot. */
    int life;

    private long pausedUntil;
    private long timerNumber;
    Role role = Role.FOLLOWER;
    long term;
    Id leaderId = Id.BROADCAST;

    Machine(int number, RaftSettings settings) {
      this.number = number;
      this.settings = settings;
    }

    boolean isUp() {
      return node != null;
    }

    void boot() {
      if (node == null) {
        life++;
        node = new RaftNode(this, settings);
        safety.booted(number, new Journal(disk).restore());
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
        safety.crashed(number);
      }
    }

    void pause(long until) {
      pausedUntil = Math.max(pausedUntil, until);
    }

    void deliver(Message message) {
      if (node != null) {
        whenAwake(() -> node.receive(message));
      }
    }

    private void whenAwake(Runnable event) {
      if (now < pausedUntil) {
        int sameLife = life;
        at(
            pausedUntil + random.nextLong(100),
            () -> {
              if (life == sameLife) {
                whenAwake(event);
              }
            });
      } else {
        act(event);
      }
    }

    private void act(Runnable event) {
      event.run();
      if (crashInEvent > 0 && random.nextDouble() < crashInEvent) {
        int kept = random.nextInt(unsynced.size() + 1);
        unsynced.subList(0, kept).forEach(disk::append);
        forget();
        crash();
        return;
      }
      unsynced.forEach(disk::append);
      for (StateChange change : changes) {
        if (change instanceof RoleChanged changed) {
          role = changed.role();
          term = changed.term();
          leaderId = changed.leader();
        }
        safety.changed(number, change);
      }
      List<Message> toSend = List.copyOf(outbox);
      forget();
      toSend.forEach(SimulatedCluster.this::transmit);
    }

    private void forget() {
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
      List<Id> others = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        if (i != number) {
          others.add(Id.of(i));
        }
      }
      return others;
    }

    @Override
    public long nowMillis() {
      return clockOffset + Math.round(Math.floor(now * clockRate / MILLI));
    }

    @Override
    public void send(Message message) {
      outbox.add(message);
    }

    @Override
    public void setTimer(String timer, long afterMillis) {
      long id = timerNumber++;
      timers.put(timer, id);
      int sameLife = life;
      at(
          now + (long) Math.ceil(afterMillis * MILLI / clockRate),
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
      return random;
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
          unsynced.add(record);
        }

        @Override
        public void replace(List<byte[]> records) {
          throw new UnsupportedOperationException();
        }
      };
    }

    @Override
    public void report(StateChange change) {
      changes.add(change);
    }
  }

  /** Cuts the machines into two random parts. */
  void partition() {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      numbers.add(i);
    }
    Collections.shuffle(numbers, new java.util.Random(random.nextLong()));
    int first = random.nextInt(1, size);
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        cut[numbers.get(i)][numbers.get(j)] = (i < first) != (j < first);
      }
    }
  }
}
