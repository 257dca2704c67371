package raftlab.raft;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import raftlab.node.StateChange.Role;
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

  /** No cluster gets more machines than this, with all that are added. */
  static final int MOST = 12;

  /** Receives a line for each message and each change of state; null for none. */
  Consumer<String> transcript;

  final SplittableRandom random;
  final List<SimulatedMachine> machines = new ArrayList<>();
  private final RaftSettings settings;
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private long order;
  private long now;

  double loss;
  double duplication;
  long minDelay = 200;
  long maxDelay = 1_000;
  double lateness;

  /** By how much later all messages of each machine arrive. */
  final long[] lateBy = new long[MOST];

  /** Whether messages are rendered and read again, as they are on a real network. */
  boolean asBytes;

  /** The chance that a machine crashes in the middle of an event. */
  double crashInEvent;

  /** By how much the speed of a clock may differ from the right one, as a part of it. */
  final double drift;

  final boolean[][] cut;
  Consumer<Message> clientInbox = message -> {};

  /** Who gets the answers to these clients; all others' go to {@link #clientInbox}. */
  final Map<Id, Consumer<Message>> clientInboxes = new HashMap<>();

  SafetyChecker safety;
  long messages;
  final Map<String, Long> messagesByType = new HashMap<>();

  SimulatedCluster(int size, long seed, RaftSettings settings) {
    this(size, seed, settings, 0.02);
  }

  SimulatedCluster(int size, long seed, RaftSettings settings, double drift) {
    this.drift = drift;
    this.settings = settings;
    this.random = new SplittableRandom(seed);
    this.cut = new boolean[MOST][MOST];
    this.safety = new SafetyChecker();
    List<Id> ids = IntStream.range(0, size).mapToObj(Id::of).toList();
    for (int i = 0; i < size; i++) {
      machines.add(new SimulatedMachine(this, i, ids, false, settings));
    }
  }

  void startAll() {
    for (SimulatedMachine machine : machines) {
      at(now + random.nextLong(20 * MILLI), machine::boot);
    }
  }

  /** One more machine, whose replica waits until it is added. */
  SimulatedMachine join() {
    List<Id> ids = IntStream.range(0, machines.size()).mapToObj(Id::of).toList();
    SimulatedMachine machine = new SimulatedMachine(this, machines.size(), ids, true, settings);
    machines.add(machine);
    machine.boot();
    return machine;
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
  boolean runUntil(long moment, BooleanSupplier condition) {
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
  SimulatedMachine leader() {
    SimulatedMachine found = null;
    for (SimulatedMachine machine : machines) {
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
      Arrays.fill(row, false);
    }
  }

  /** The machine's messages to the others are lost from now on, but it receives theirs. */
  void dropOutgoing(int machine) {
    Arrays.fill(cut[machine], true);
  }

  void isolate(int machine) {
    for (int other = 0; other < MOST; other++) {
      cut[machine][other] = true;
      cut[other][machine] = true;
    }
  }

  /** A client's message; the network between clients and replicas loses nothing. */
  void request(Message message) {
    SimulatedMachine to = machines.get(message.dst().value());
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

  void transmit(Message message) {
    int to = message.dst().value();
    if (to >= machines.size()) {
      at(
          now + random.nextLong(100, MILLI),
          () -> clientInboxes.getOrDefault(message.dst(), clientInbox).accept(message));
      return;
    }
    messages++;
    if (transcript != null) {
      transcript.accept(
          now / MILLI + " " + message + (cut[message.src().value()][to] ? " (cut)" : ""));
    }
    messagesByType.merge(message.type(), 1L, Long::sum);
    Message asSent = overTheWire(message);
    if (cut[message.src().value()][to] || random.nextDouble() < loss) {
      return;
    }
    at(now + delay(message), () -> machines.get(to).deliver(asSent));
    if (random.nextDouble() < duplication) {
      at(now + delay(message), () -> machines.get(to).deliver(asSent));
    }
  }

  private long delay(Message message) {
    long delay = random.nextLong(minDelay, maxDelay) + lateBy[message.src().value()];
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

  /** Cuts the machines into two random parts. */
  void partition() {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < machines.size(); i++) {
      numbers.add(i);
    }
    Collections.shuffle(numbers, new java.util.Random(random.nextLong()));
    int first = random.nextInt(1, machines.size());
    for (int i = 0; i < machines.size(); i++) {
      for (int j = 0; j < machines.size(); j++) {
        cut[numbers.get(i)][numbers.get(j)] = (i < first) != (j < first);
      }
    }
  }
}
