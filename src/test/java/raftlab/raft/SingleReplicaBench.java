package raftlab.raft;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.function.Executable;
import raftlab.node.Host;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.node.StateChange.TermChanged;
import raftlab.node.Storage;
import raftlab.raft.RaftMessage.AppendEntries;
import raftlab.raft.RaftMessage.AppendReply;
import raftlab.raft.RaftMessage.RequestVote;
import raftlab.raft.RaftMessage.VoteReply;
import raftlab.storage.MemoryStorage;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * A single replica on a test bench: its number is 0, the test plays the clock and all the others.
 */
final class SingleReplicaBench implements Host {
  static final Id CLIENT = Id.of(0x15);

  final int size;
  final Storage storage;
  final List<Message> sent = new ArrayList<>();
  final List<StateChange> changes = new ArrayList<>();
  private final RaftSettings settings;
  private final Random random;
  private final Map<String, Long> timers = new TreeMap<>();
  private long now = 1_000;
  private int mids;
  RaftNode node;

  /** The settings of benches for which none are given. */
  private static final ThreadLocal<RaftSettings> DEFAULTS =
      ThreadLocal.withInitial(() -> RaftSettings.DEFAULT);

  SingleReplicaBench(int size) {
    this(size, new MemoryStorage(), 1, DEFAULTS.get());
  }

  /** Runs a test whose benches have these settings, except where it gives others. */
  static void withDefaults(RaftSettings settings, Executable test) throws Throwable {
    DEFAULTS.set(settings);
    try {
      test.execute();
    } finally {
      DEFAULTS.remove();
    }
  }

  SingleReplicaBench(int size, Storage storage, long seed, RaftSettings settings) {
    this.size = size;
    this.storage = storage;
    this.random = new Random(seed);
    this.settings = settings;
    node = new RaftNode(this, settings);
    node.start();
  }

  /** A replica that ran before, in this term and with entries of these terms. */
  static SingleReplicaBench withLog(int size, long currentTerm, long... terms) {
    MemoryStorage storage = new MemoryStorage();
    Journal journal = new Journal(storage);
    journal.termAndVote(currentTerm, null);
    for (int i = 0; i < terms.length; i++) {
      journal.append(i + 1L, entry(terms[i], i + 1));
    }
    return new SingleReplicaBench(size, storage, 1, DEFAULTS.get());
  }

  static LogEntry entry(long term, int number) {
    return LogEntry.of(term, new Command.Put("k" + number, term + "/" + number));
  }

  /** The same machine after a crash. */
  SingleReplicaBench restarted() {
    return new SingleReplicaBench(size, storage, 1, settings);
  }

  // What the test does.

  void pass(long millis) {
    long until = now + millis;
    while (true) {
      Map.Entry<String, Long> first = null;
      for (Map.Entry<String, Long> timer : timers.entrySet()) {
        if (timer.getValue() <= until && (first == null || timer.getValue() < first.getValue())) {
          first = timer;
        }
      }
      if (first == null) {
        break;
      }
      now = Math.max(now, first.getValue());
      String name = first.getKey();
      timers.remove(name);
      node.timeout(name);
    }
    now = until;
  }

  /** Time passes, but the process doesn't run. */
  void standStill(long millis) {
    now += millis;
  }

  void receive(int from, RaftMessage message) {
    node.receive(MessageCodec.encode(message, Id.of(from), id(), Id.BROADCAST));
  }

  String put(String key, String value) {
    String mid = "mid" + mids++;
    node.receive(Message.put(CLIENT, id(), Id.BROADCAST, mid, key, value));
    return mid;
  }

  String get(String key) {
    String mid = "mid" + mids++;
    node.receive(Message.get(CLIENT, id(), Id.BROADCAST, mid, key));
    return mid;
  }

  /** Makes it leader of the next term; what it sent then is still in {@link #sent}. */
  void elect() {
    sent.clear();
    waitFor(Role.PRE_CANDIDATE);
    for (int i = 1; i <= size / 2; i++) {
      grant(i);
    }
    for (int i = 1; i <= size / 2; i++) {
      grant(i);
    }
    sent.removeIf(message -> MessageCodec.decode(message) instanceof RequestVote);
    assertThat(role()).isEqualTo(Role.LEADER);
  }

  /** This replica grants the vote, or pre-vote, that was asked for last. */
  void grant(int from) {
    receive(from, vote(last(RequestVote.class), true));
  }

  /** A voter's answer that has adopted the request's term. */
  static VoteReply vote(RequestVote request, boolean granted) {
    return new VoteReply(
        request.term(), request.preVote(), granted, request.term(), request.round());
  }

  /** As {@link #elect}; and all followers confirm the first entry of the term. */
  void electAndConfirm() {
    elect();
    confirmAll();
    sent.clear();
  }

  void waitFor(Role role) {
    for (int i = 0; i < 2_000 && role() != role; i++) {
      pass(1);
    }
    assertThat(role()).isEqualTo(role);
  }

  /** Every follower says yes to all that was sent to it since {@link #sent} was cleared. */
  void confirmAll() {
    List<Message> toConfirm = List.copyOf(sent);
    sent.clear();
    for (Message message : toConfirm) {
      confirm(message);
    }
  }

  /** As {@link #confirmAll}, but one follower says nothing. */
  void confirmAllBut(int except) {
    List<Message> toConfirm = List.copyOf(sent);
    sent.clear();
    toConfirm.stream().filter(m -> m.dst().value() != except).forEach(this::confirm);
  }

  void confirm(Message message) {
    if (MessageCodec.decode(message) instanceof AppendEntries append) {
      receive(
          message.dst().value(),
          AppendReply.success(
              append.term(), append.round(), append.prevLogIndex() + append.entries().size()));
    }
  }

  /** A message from the leader, number 1, of this term. */
  AppendReply append(
      long term, long prevLogIndex, long prevLogTerm, long commit, LogEntry... entries) {
    sent.clear();
    receive(1, new AppendEntries(term, 1, prevLogIndex, prevLogTerm, commit, List.of(entries)));
    return last(AppendReply.class);
  }

  VoteReply requestVote(int from, long term, boolean preVote, long lastLogIndex, long lastLogTerm) {
    sent.clear();
    receive(from, new RequestVote(term, preVote, false, lastLogIndex, lastLogTerm, 1));
    return last(VoteReply.class);
  }

  // What the test sees.

  Role role() {
    Role role = null;
    for (StateChange change : changes) {
      role = change instanceof RoleChanged changed ? changed.role() : role;
    }
    return role;
  }

  long term() {
    long term = new Journal(storage).restore().currentTerm();
    for (StateChange change : changes) {
      term = change instanceof TermChanged changed ? Math.max(term, changed.term()) : term;
    }
    return term;
  }

  List<Long> logTerms() {
    return new Journal(storage).restore().entries().stream().map(LogEntry::term).toList();
  }

  <T extends StateChange> List<T> changes(Class<T> kind) {
    return changes.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** All messages of this kind that were sent since {@link #sent} was cleared. */
  <T extends RaftMessage> List<T> all(Class<T> kind) {
    return sent.stream()
        .map(MessageCodec::decode)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  <T extends RaftMessage> T last(Class<T> kind) {
    List<T> all = all(kind);
    return all.isEmpty() ? null : all.get(all.size() - 1);
  }

  /** To whom messages of this kind were sent. */
  List<Integer> receivers(Class<? extends RaftMessage> kind) {
    return sent.stream()
        .filter(message -> kind.isInstance(MessageCodec.decode(message)))
        .map(message -> message.dst().value())
        .toList();
  }

  Message lastTo(int replica) {
    return sent.stream().filter(m -> m.dst().value() == replica).reduce((a, b) -> b).orElse(null);
  }

  List<Message> answers(String mid) {
    return sent.stream().filter(message -> mid.equals(message.mid())).toList();
  }

  /**
   * The one answer to this request, in short: its type, its value, and its leader. Null if there is
   * none.
   */
  String answer(String mid) {
    List<Message> answers = answers(mid);
    assertThat(answers).hasSizeLessThanOrEqualTo(1);
    if (answers.isEmpty()) {
      return null;
    }
    Message answer = answers.get(0);
    assertThat(answer.dst()).isEqualTo(CLIENT);
    String value = answer.textOrNull("value");
    return answer.type() + (value == null ? "" : "(" + value + ")") + " " + answer.leader();
  }

  // The host.

  @Override
  public Id id() {
    return Id.of(0);
  }

  @Override
  public List<Id> others() {
    List<Id> others = new ArrayList<>();
    for (int i = 1; i < size; i++) {
      others.add(Id.of(i));
    }
    return others;
  }

  @Override
  public long nowMillis() {
    return now;
  }

  @Override
  public void send(Message message) {
    JsonObject fields = message.fields();
    assertThat(fields.get("term").getAsLong()).isNotNegative();
    sent.add(message);
  }

  @Override
  public void setTimer(String timer, long afterMillis) {
    assertThat(afterMillis).isNotNegative();
    timers.put(timer, now + afterMillis);
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
