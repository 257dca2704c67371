package raftlab.raft;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import raftlab.node.Storage;
import raftlab.raft.RaftMessage.AppendReply;
import raftlab.storage.MemoryStorage;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * Replicas in one thread, filter messages stay under way until they are delivered or dropped. All
 * that happens is written down in lines.
 */
final class StepwiseCluster {
  static final Id CLIENT = Id.of(0x15);
  private static final long LONGEST_WAIT = 20_000;
  private static final int MOST_DELIVERIES = 5_000;

  /** A message that has been sent and not yet arrived. */
  record UnderWay(int from, int to, Message message) {}

  final TreeMap<Integer, StepwiseMachine> machines = new TreeMap<>();
  final int size;
  final long seed;
  final RaftSettings settings;
  private final List<UnderWay> underWay = new ArrayList<>(); // in the order in which they were sent
  private final TreeSet<Integer> isolated = new TreeSet<>();
  private final Map<Integer, Integer> rejections = new TreeMap<>();
  private final List<String> lines = new ArrayList<>();
  private String indent = "";
  private boolean silent;
  private int requests;

  StepwiseCluster(int size, long seed, RaftSettings settings) {
    this.size = size;
    this.seed = seed;
    this.settings = settings;
    for (int number = 0; number < size; number++) {
      add(number, false);
    }
  }

  /** One more machine, which may join a cluster that runs. */
  void add(int number, boolean joins) {
    StepwiseMachine machine = new StepwiseMachine(this, number, joins, new MemoryStorage());
    machines.put(number, machine);
    machine.boot();
  }

  /** The replica ran before, and this is what it stored. */
  void ranBefore(int number, Storage storage) {
    StepwiseMachine machine = new StepwiseMachine(this, number, false, storage);
    machines.put(number, machine);
    machine.boot();
  }

  /** From now on messages are not written down. */
  void setSilent(boolean silent) {
    this.silent = silent;
  }

  void say(String line) {
    lines.add(indent + line);
  }

  /** What was written down since the last time. */
  List<String> takeLines() {
    List<String> taken = List.copyOf(lines);
    lines.clear();
    return taken;
  }

  // Time.

  /** Time passes for all, millisecond by millisecond, and everything due happens. */
  void pass(long millis, Predicate<StepwiseMachine> filter) {
    for (long i = 0; i < millis; i++) {
      machines.values().stream().filter(filter).forEach(StepwiseMachine::passOne);
      machines.values().stream().filter(filter).forEach(StepwiseMachine::ring);
    }
  }

  /** As {@link #pass}, and these messages arrive within the millisecond. */
  void run(long millis, Predicate<UnderWay> which) {
    for (long i = 0; i < millis; i++) {
      deliver(which);
      pass(1, machine -> true);
    }
    deliver(which);
  }

  /** As {@link #run} for all others, until one of these messages is under way. */
  void await(Predicate<UnderWay> which) {
    for (long i = 0; i < LONGEST_WAIT && underWay.stream().noneMatch(which); i++) {
      run(1, which.negate());
    }
    if (underWay.stream().noneMatch(which)) {
      throw TranscriptWordParser.wrong("no such message is ever sent");
    }
  }

  /** Time passes for these, but only this one's timers come, until it stands. Whether it did. */
  boolean awaitElection(StepwiseMachine machine, Predicate<StepwiseMachine> filter) {
    int before = machine.candidacies();
    for (long i = 0; i < LONGEST_WAIT && machine.candidacies() == before; i++) {
      machines.values().stream().filter(filter).forEach(StepwiseMachine::passOne);
      machine.ring();
    }
    return machine.candidacies() > before;
  }

  // The network.

  void isolate(int number) {
    isolated.add(number);
  }

  void heal() {
    isolated.clear();
  }

  /** Takes those that are under way now, and that the condition chooses. */
  List<UnderWay> take(Predicate<UnderWay> which, int most) {
    List<UnderWay> chosen = new ArrayList<>();
    for (Iterator<UnderWay> all = underWay.iterator(); all.hasNext() && chosen.size() < most; ) {
      UnderWay message = all.next();
      if (which.test(message)) {
        all.remove();
        chosen.add(message);
      }
    }
    return chosen;
  }

  List<UnderWay> underWay() {
    return List.copyOf(underWay);
  }

  /**
   * Delivers these, and what is sent meanwhile too if the condition chooses it, until none is left.
   */
  void deliver(Predicate<UnderWay> which) {
    for (int i = 0; i < MOST_DELIVERIES; i++) {
      List<UnderWay> next = take(which, 1);
      if (next.isEmpty()) {
        return;
      }
      deliver(next.get(0));
    }
    throw new IllegalStateException("the replicas don't stop talking");
  }

  boolean isQuiet() {
    return silent;
  }

  /** A replica sends it. */
  void send(UnderWay message) {
    if (MessageCodec.decode(message.message()) instanceof AppendReply reply && !reply.success()) {
      rejections.merge(message.from(), 1, Integer::sum);
    }
    underWay.add(message);
  }

  /** It is under way behind all others. */
  void sendAgain(UnderWay message) {
    underWay.add(message);
  }

  void deliver(UnderWay message) {
    String outcome = "";
    StepwiseMachine to = machines.get(message.to());
    if (to == null || !to.isUp()) {
      outcome = " (lost: " + Id.of(message.to()) + " is down)";
    } else if (isolated.contains(message.from()) || isolated.contains(message.to())) {
      outcome = " (lost: no way)";
    }
    if (!silent) {
      say(link(message) + " " + message.message().type() + outcome);
    }
    if (outcome.isEmpty()) {
      indent = silent ? "" : "  ";
      to.receive(message.message());
      indent = "";
    }
  }

  static String link(UnderWay message) {
    return Id.of(message.from()) + " -> " + Id.of(message.to());
  }

  /** How many rejections each follower has sent since the last time. */
  Map<Integer, Integer> takeRejections() {
    Map<Integer, Integer> taken = new TreeMap<>(rejections);
    rejections.clear();
    return taken;
  }

  // Clients.

  /** The next message ID for a request. */
  private String mid() {
    requests++;
    return "m" + requests;
  }

  /** A client asks this replica. */
  void request(StepwiseMachine machine, String type, JsonObject fields) {
    String mid = mid();
    say("client -> " + machine.id() + ": " + mid + " " + type + words(fields));
    Message message = Message.of(CLIENT, machine.id(), Id.BROADCAST, type, mid, fields);
    machine.receive(message);
  }

  private static String words(JsonObject fields) {
    StringBuilder words = new StringBuilder();
    fields.entrySet().forEach(e -> words.append(' ').append(e.getValue().getAsString()));
    return words.toString();
  }

  /** The leader of the latest term that lives; null if there is none. */
  StepwiseMachine leader() {
    return machines.values().stream()
        .filter(StepwiseMachine::isLeader)
        .reduce((a, b) -> a.term() >= b.term() ? a : b)
        .orElse(null);
  }
}
