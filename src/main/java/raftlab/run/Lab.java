package raftlab.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import raftlab.cluster.Cluster;
import raftlab.cluster.World;
import raftlab.network.Fate;
import raftlab.network.Network;
import raftlab.node.StateChange;
import raftlab.trace.Event;
import raftlab.trace.Event.Reason;
import raftlab.trace.Trace;
import raftlab.wire.Id;
import raftlab.wire.Message;
import raftlab.wire.Printable;
import raftlab.workload.Requests;

/**
 * A living cluster behind the emulated network, with everything that happens in it recorded: what
 * scenarios are played in and what the console works on. The same in both worlds; used by one
 * thread.
 */
public final class Lab implements AutoCloseable {
  /** Being this late or more is recorded: it is enough to upset a replica's timers. */
  private static final long LATE_MICROS = 50_000;

  /** What a replica is doing, as far as the kit knows. */
  public enum State {
    /** Not started. */
    DOWN,
    /** Started, not heard of. */
    STARTING,
    /** It can be reached. */
    READY,
    /** Killed by the kit. */
    CRASHED,
    /** Ended by itself. */
    EXITED
  }

  private final Trace trace;
  private final Network network;
  private final Cluster cluster;
  private final Schedule schedule = new Schedule();
  private final Leadership leadership;
  private final Answers answers;
  private final Map<Id, State> states = new TreeMap<>();
  private final List<Runnable> onLeader = new ArrayList<>();
  private long messages;
  private long betweenReplicas;

  /**
   * A lab with no replica started.
   *
   * @param trace where everything is recorded; its header names replicas, clients and seed
   * @param drops the probability that a message between replicas is lost, 0 to 1
   * @param durable whether replicas have a place to store what must survive a crash
   */
  public Lab(World world, Trace trace, double drops, boolean durable) {
    this.trace = trace;
    List<Id> replicas = trace.header().replicas();
    replicas.forEach(replica -> states.put(replica, State.DOWN));
    this.network = new Network(trace.header().seed(), drops);
    this.leadership = new Leadership(replicas);
    this.answers = new Answers(trace, this::nowMicros);
    this.cluster = world.open(replicas, trace.header().seed(), durable, new Ears());
  }

  // ---- time ----

  /** The time since the lab was made, in microseconds. */
  public long nowMicros() {
    return cluster.nowMicros();
  }

  /** Plans an action of the kit. */
  public void at(long micros, Runnable action) {
    schedule.at(micros, action);
  }

  /**
   * Lets time go on to this moment or a little further, with all that was planned and all that
   * happens by itself.
   */
  public void playUntil(long micros) {
    while (nowMicros() < micros) {
      step(micros);
    }
  }

  /** Lets time go on until something has happened, or to this moment at most. */
  public void step(long untilMicros) {
    long next = schedule.nextMicros();
    cluster.advance(Math.min(next, untilMicros));
    long late = nowMicros() - next;
    if (late >= 0) {
      if (late >= LATE_MICROS) {
        trace.add(new Event.HarnessLate(nowMicros(), late));
      }
      schedule.runNext();
    }
  }

  // ---- replicas and network ----

  /** Everything that has happened. */
  public Trace trace() {
    return trace;
  }

  /** All replicas, ascending. */
  public List<Id> replicas() {
    return trace.header().replicas();
  }

  /** What this replica is doing. */
  public State state(Id replica) {
    return states.get(replica);
  }

  /** The replicas that can be reached, ascending. */
  public List<Id> ready() {
    return replicas().stream().filter(this::isReady).toList();
  }

  private boolean isReady(Id replica) {
    return states.get(replica) == State.READY;
  }

  /** Who leads, as far as messages tell; {@link Id#BROADCAST} if nobody. */
  public Id leader() {
    return leadership.leader();
  }

  /** From now on this is called whenever another leader gets known. */
  public void onLeader(Runnable action) {
    onLeader.add(action);
  }

  /** The messages between replicas so far, as the course counts them. */
  public long messagesBetweenReplicas() {
    return betweenReplicas;
  }

  /** Forgets the messages counted so far. */
  void countFromHere() {
    betweenReplicas = 0;
  }

  /** Starts a replica that isn't running. */
  public void start(Id replica) {
    states.put(replica, State.STARTING);
    trace.add(new Event.Started(nowMicros(), replica));
    cluster.start(replica);
  }

  /** Kills a replica. */
  public void crash(Id replica) {
    states.put(replica, State.CRASHED);
    cluster.crash(replica);
    trace.add(new Event.Crashed(nowMicros(), replica));
    gone(replica);
  }

  private void gone(Id replica) {
    leadership.died(replica);
    recountLeader();
  }

  /** The emulated network. To cut or heal it, use {@link #partition} and {@link #heal}. */
  public Network network() {
    return network;
  }

  /** Cuts the network into these groups; whoever is in none of them is alone. */
  public void partition(List<Set<Id>> groups) {
    network.partition(groups);
    recountLeader();
  }

  /** Makes the network whole. */
  public void heal() {
    network.heal();
    recountLeader();
  }

  private void recountLeader() {
    if (leadership.recount(id -> isReady(id) && network.inMajority(id, states.size()))) {
      trace.add(new Event.LeaderKnown(nowMicros(), leader()));
      if (!leader().isBroadcast()) {
        List.copyOf(onLeader).forEach(Runnable::run);
      }
    }
  }

  // ---- clients ----

  /** Answers to clients go to {@code receiver}. */
  public void clients(Consumer<Message> receiver) {
    answers.receiver(receiver);
  }

  /** The way from clients into this lab. */
  public Requests requests() {
    return new Gate();
  }

  private final class Gate implements Requests {
    @Override
    public void send(Message request, boolean retry) {
      answers.expect(request, retry);
      handOver(enter(request.src(), request.dst(), request), request.dst(), request, 0);
    }

    @Override
    public void later(long afterMicros, Runnable action) {
      at(nowMicros() + afterMicros, action);
    }

    @Override
    public void getNotGenerated(Id client) {
      trace.add(new Event.GetNotGenerated(nowMicros(), client));
    }

    @Override
    public boolean isReachable(Id replica) {
      return isReady(replica);
    }

    @Override
    public Id anyReachable(RandomGenerator random) {
      List<Id> ready = ready();
      return ready.isEmpty() ? null : ready.get(random.nextInt(ready.size()));
    }
  }

  // ---- messages ----

  private long enter(Id from, Id to, Message message) {
    long number = ++messages;
    trace.add(new Event.Sent(nowMicros(), number, from, to, message));
    return number;
  }

  private void route(Id from, Id to, Message message) {
    betweenReplicas++;
    long number = enter(from, to, message);
    Fate fate = network.fate(from, to);
    if (fate.arrives()) {
      handOver(number, to, message, fate.delayMicros());
    } else {
      trace.add(new Event.Dropped(nowMicros(), number, fate.lost()));
    }
  }

  private void handOver(long number, Id to, Message message, long delayMicros) {
    if (isReady(to)) {
      cluster.deliver(to, message, delayMicros);
      trace.add(new Event.Delivered(nowMicros(), number));
    } else {
      trace.add(new Event.Dropped(nowMicros(), number, Reason.NOBODY_THERE));
    }
  }

  private void answer(Id from, Message answer) {
    String complaint = answers.complaint(answer);
    if (complaint != null) {
      trace.add(new Event.Malformed(nowMicros(), from, complaint, Printable.of(answer.bytes())));
      return;
    }
    trace.add(new Event.Delivered(nowMicros(), enter(from, answer.dst(), answer)));
    answers.receive(from, answer);
  }

  /** What the cluster tells the lab. */
  private final class Ears implements Cluster.Observer {
    @Override
    public void ready(Id replica) {
      states.put(replica, State.READY);
      trace.add(new Event.Ready(nowMicros(), replica));
    }

    @Override
    public void received(Id from, Message message) {
      if (leadership.heard(from, message.leader())) {
        recountLeader();
      }
      Id to = message.dst();
      if (to.isBroadcast()) {
        broadcast(from, message);
      } else if (states.containsKey(to)) {
        route(from, to, message);
      } else if (answers.isClient(to)) {
        answer(from, message);
      } else {
        String complaint = "field \"dst\" is \"" + to + "\", which is no replica and no client";
        malformed(from, complaint, Printable.of(message.bytes()));
      }
    }

    private void broadcast(Id from, Message message) {
      if (message.type().equals(Message.HELLO)) {
        return;
      }
      for (Id replica : replicas()) {
        if (!replica.equals(from)) {
          route(from, replica, message);
        }
      }
    }

    @Override
    public void malformed(Id from, String complaint, String quote) {
      trace.add(new Event.Malformed(nowMicros(), from, complaint, quote));
    }

    @Override
    public void exited(Id replica, int exitCode, List<String> lastWords) {
      states.put(replica, State.EXITED);
      trace.add(new Event.Exited(nowMicros(), replica, exitCode, lastWords));
      gone(replica);
    }

    @Override
    public void printed(Id replica, boolean error, String line) {
      trace.add(new Event.Printed(nowMicros(), replica, error, line));
    }

    @Override
    public void reported(Id replica, StateChange change) {
      trace.add(new Event.Reported(nowMicros(), replica, change));
    }
  }

  @Override
  public void close() {
    cluster.close();
  }
}
