package raftlab.raft;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import raftlab.node.Host;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Committed;
import raftlab.node.StateChange.MembersChanged;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.node.StateChange.SnapshotInstalled;
import raftlab.node.Storage;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * A machine of a {@link StepwiseCluster}, that one replica after the other lives on; only its
 * storage survives a crash.
 */
final class StepwiseMachine implements Host {
  private final StepwiseCluster stage;
  private final int number;
  private final boolean joins;
  private final Storage storage;
  private final Random random;
  private final TreeMap<String, Long> timers = new TreeMap<>();
  private final List<StateChange> changes = new ArrayList<>();
  private final List<Message> outbox = new ArrayList<>();
  private long now = 1_000;
  private int candidacies;
  private Role role = Role.FOLLOWER;
  private long term;
  private long commitIndex;
  private MembersChanged members;
  private RaftNode node;

  StepwiseMachine(StepwiseCluster stage, int number, boolean joins, Storage storage) {
    this.stage = stage;
    this.number = number;
    this.joins = joins;
    this.storage = storage;
    random = new Random(31 * stage.seed + number);
  }

  boolean isLeader() {
    return isUp() && role == Role.LEADER;
  }

  long term() {
    return term;
  }

  /** How many elections and pre-votes it has started. */
  int candidacies() {
    return candidacies;
  }

  boolean isUp() {
    return node != null;
  }

  void boot() {
    node = new RaftNode(this, stage.settings);
    boolean isFresh = new Journal(storage).restore().isEmpty();
    if (isFresh) {
      node.start();
      changes.forEach(this::note);
      changes.clear();
    } else {
      act(node::start);
    }
  }

  void crash() {
    node = null;
    timers.clear();
    role = Role.FOLLOWER;
    commitIndex = 0;
    members = null;
  }

  void passOne() {
    now++;
  }

  /** Time passes, but the process doesn't run. */
  void standStill(long millis) {
    now += millis;
  }

  void ring() {
    while (!timers.isEmpty()) {
      Map.Entry<String, Long> first = timers.firstEntry();
      for (Map.Entry<String, Long> timer : timers.entrySet()) {
        first = timer.getValue() < first.getValue() ? timer : first;
      }
      if (first.getValue() > now) {
        return;
      }
      String name = first.getKey();
      timers.remove(name);
      act(() -> node.timeout(name));
    }
  }

  void receive(Message message) {
    act(() -> node.receive(message));
  }

  /** One event, and what came of it. */
  private void act(Runnable event) {
    event.run();
    for (StateChange change : changes) {
      String phrase = isNothingNew(change) ? null : TranscriptText.of(change);
      note(change);
      if (phrase != null) {
        stage.say(id() + " " + phrase);
      }
    }
    changes.clear();
    Map<String, List<String>> receivers = new LinkedHashMap<>();
    for (Message message : List.copyOf(outbox)) {
      transmit(message, receivers);
    }
    outbox.clear();
    if (!stage.isQuiet()) {
      receivers.forEach(
          (what, to) -> stage.say(id() + " -> " + String.join(" ", to) + ": " + what));
    }
  }

  /**
   * A follower that enters a term has no leader yet, and goes by the members it was started with:
   * that goes without saying.
   */
  private boolean isNothingNew(StateChange change) {
    if (change instanceof MembersChanged) {
      return members == null;
    }
    return role == Role.FOLLOWER
        && change instanceof RoleChanged changed
        && changed.role() == Role.FOLLOWER
        && changed.leader().isBroadcast();
  }

  private void transmit(Message message, Map<String, List<String>> receivers) {
    if (message.dst().equals(StepwiseCluster.CLIENT)) {
      stage.say(id() + " " + TranscriptText.answer(message));
      return;
    }
    stage.send(new StepwiseCluster.UnderWay(number, message.dst().value(), message));
    receivers
        .computeIfAbsent(TranscriptText.of(message), what -> new ArrayList<>())
        .add(message.dst().toString());
  }

  private void note(StateChange change) {
    if (change instanceof RoleChanged changed) {
      role = changed.role();
      term = changed.term();
      candidacies += role == Role.CANDIDATE || role == Role.PRE_CANDIDATE ? 1 : 0;
    } else if (change instanceof Committed committed) {
      commitIndex = committed.index();
    } else if (change instanceof SnapshotInstalled installed) {
      commitIndex = Math.max(commitIndex, installed.index());
    } else if (change instanceof MembersChanged changed) {
      members = changed;
    }
  }

  /** Role, term, log and commit index in one line. */
  String summary() {
    RecoveredState stored = new Journal(storage).restore();
    StringBuilder log = new StringBuilder();
    if (stored.baseIndex() > 0) {
      log.append(" (up to ").append(stored.baseIndex()).append('/').append(stored.baseTerm());
      log.append(" in snapshot)");
    }
    stored.entries().forEach(entry -> log.append(' ').append(entry.term()));
    String part = isUp() ? role.toString() : "(down)";
    String known = isUp() ? " commit=" + commitIndex : "";
    String membership = isUp() && members.index() > 0 ? "; " + TranscriptText.members(members) : "";
    return id()
        + " "
        + String.format(Locale.ROOT, "%-13s", part)
        + " term="
        + stored.currentTerm()
        + known
        + " log:"
        + log
        + membership;
  }

  @Override
  public Id id() {
    return Id.of(number);
  }

  @Override
  public List<Id> others() {
    List<Id> others = new ArrayList<>();
    for (int i = 0; i < stage.size; i++) {
      if (i != number) {
        others.add(Id.of(i));
      }
    }
    return others;
  }

  @Override
  public boolean isJoining() {
    return joins;
  }

  @Override
  public long nowMillis() {
    return now;
  }

  @Override
  public void send(Message message) {
    outbox.add(message);
  }

  @Override
  public void setTimer(String timer, long afterMillis) {
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
