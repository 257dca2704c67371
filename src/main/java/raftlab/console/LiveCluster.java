package raftlab.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import raftlab.cluster.World;
import raftlab.cluster.WorldCapability;
import raftlab.cluster.sim.SimWorld;
import raftlab.network.SeededGenerators;
import raftlab.run.ScenarioRunner;
import raftlab.run.lab.Lab;
import raftlab.run.lab.Stepping;
import raftlab.scenario.Action;
import raftlab.scenario.Delay;
import raftlab.scenario.LinkConditions;
import raftlab.scenario.TrafficPlan;
import raftlab.scenario.file.ActionJson;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.trace.TraceHeader;
import raftlab.wire.Id;

/** The console's cluster and its listeners. Used on the lab's thread. */
final class LiveCluster implements AutoCloseable {
  /** The number of clients. */
  static final int CLIENTS = 8;

  /** The number of further clients for requests in the background. */
  static final int LOAD_CLIENTS = 8;

  /** The longest interval between two checks of whether a command should end. */
  static final long POLL_MICROS = 20_000;

  /** The number of events that are kept: a console may stay open for days. */
  private static final int EVENTS_KEPT = 100_000;

  /**
   * The delay of each message where time stands still between commands: so messages are seen in
   * flight.
   */
  private static final long STEPPABLE_DELAY_MICROS = 10_000;

  /** The bytes of replica messages and output that are kept. */
  private static final long BYTES_KEPT = 64L << 20;

  private final Lab lab;
  private final MessageCounter messageCounter = new MessageCounter();
  private final EventHistory eventHistory = new EventHistory();
  private final RecentOutput recentOutput = new RecentOutput();
  private final ReplicaReports reports = new ReplicaReports();
  private final HeartbeatFilter heartbeats;
  private final List<ConsoleClient> clients = new ArrayList<>();
  private final ConsoleActions actions;
  private final Notifications notifications;
  private final RandomGenerator random;
  private final Set<String> keys = new ConcurrentSkipListSet<>();
  private final Stepping stepping;
  private final World world;
  private final boolean steppable;
  private final long seed;

  /** Whether the oldest events were discarded. */
  boolean isTraceCut() {
    return lab.trace().events().size() < eventCount;
  }

  /** How many events were recorded since the start. */
  int eventCount() {
    return eventCount;
  }

  /** How many steps time has advanced by. */
  private long steps;

  private @Nullable BackgroundLoad load;
  private int loads;

  private int eventCount;
  private volatile long shownMicros;
  private Consumer<Event.Sent> onMessage = sent -> {};
  private Consumer<Event> onEvent = event -> {};
  private Consumer<Event> onAnyEvent = event -> {};

  /** Called after this many steps, or at this time; see {@link #stopAfter}. */
  private Runnable stop = () -> {};

  private long stopAfterSteps = Long.MAX_VALUE;
  private long stopAtMicros = Long.MAX_VALUE;

  LiveCluster(World world, int replicas, long seed, ConsoleOutput screen) {
    Trace trace =
        new Trace(
            new TraceHeader(
                "console",
                ConsoleJudge.scenarioJson(replicas),
                world.name(),
                seed,
                world.replicaCommand(),
                ScenarioRunner.replicas(replicas),
                // The IDs of the course's clients.
                IntStream.range(0, CLIENTS + LOAD_CLIENTS)
                    .mapToObj(i -> Id.of(replicas + 16 + i))
                    .toList()));
    Notifications news = new Notifications(screen);
    this.seed = seed;
    this.notifications = news;
    this.world = world;
    this.steppable = world.supports(WorldCapability.STEPPING);
    this.random = SeededGenerators.generator(seed, "console", 0);
    this.lab =
        new Lab(world instanceof SimWorld sim ? sim.withoutKitDelay() : world, trace, 0, true);
    this.stepping = lab.stepping();
    this.heartbeats = new HeartbeatFilter(trace);
    if (steppable) {
      lab.links().conditions(steppableConditions());
      lab.links().clientConditions(steppableConditions());
    }
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(new ConsoleClient(this, i, seed, news));
    }
    this.actions = new ConsoleActions(this);
    trace.addListener(this::accept);
    trace.addListener(messageCounter::accept);
    trace.addListener(eventHistory::accept);
    trace.addListener(recentOutput::accept);
    trace.addListener(reports::accept);
    trace.addListener(news::accept);
    clients.forEach(client -> trace.addListener(client::accept));
  }

  private void accept(Event event) {
    eventCount++;
    onEvent.accept(event);
    onAnyEvent.accept(event);
    BackgroundLoad present = load;
    if (present != null) {
      present.accept(event);
    }
    if (event instanceof Event.Sent sent) {
      onMessage.accept(sent);
    }
  }

  Lab lab() {
    return lab;
  }

  MessageCounter messageCounter() {
    return messageCounter;
  }

  EventHistory eventHistory() {
    return eventHistory;
  }

  RecentOutput recentOutput() {
    return recentOutput;
  }

  ReplicaReports reports() {
    return reports;
  }

  /** Recognizes heartbeats. */
  HeartbeatFilter heartbeats() {
    return heartbeats;
  }

  /** The actions of scenarios. */
  ConsoleActions actions() {
    return actions;
  }

  /** The clients for requests in the background. */
  List<Id> loadClients() {
    return lab.trace().header().clients().subList(CLIENTS, CLIENTS + LOAD_CLIENTS);
  }

  /** The latest load; null if there was none. */
  @Nullable BackgroundLoad load() {
    return load;
  }

  /** Starts to send requests in the background. */
  void startLoad(TrafficPlan plan) {
    load = new BackgroundLoad(this, plan, loads++, notifications);
  }

  /** A client by its number, from 1. */
  ConsoleClient client(int number) {
    return clients.get(number - 1);
  }

  long seed() {
    return seed;
  }

  /** For the user's random choices. */
  RandomGenerator random() {
    return random;
  }

  /** The keys of earlier requests, for completion; may be called from any thread. */
  Set<String> keys() {
    return keys;
  }

  /** The initial conditions of all links of a steppable cluster. */
  static LinkConditions steppableConditions() {
    return LinkConditions.PERFECT.withDelay(Delay.constant(STEPPABLE_DELAY_MICROS));
  }

  /** The world of the cluster. */
  World world() {
    return world;
  }

  /** Whether time stands still between commands, and can be stepped through and undone. */
  boolean isSteppable() {
    return steppable;
  }

  /** The events that can be stepped through. */
  Stepping stepping() {
    return stepping;
  }

  /** How many steps time has advanced by since the start. */
  long steps() {
    return steps;
  }

  /** Calls the action once, after this many steps since the start; time doesn't go further. */
  void stopAfter(long manySteps, long micros, Runnable action) {
    stopAfterSteps = manySteps;
    stopAtMicros = micros;
    stop = action;
    checkStop();
  }

  /** Calls the action once, at this time. */
  void stopAt(long micros, Runnable action) {
    stopAfter(Long.MAX_VALUE, micros, action);
  }

  private void checkStop() {
    boolean isByTime = stopAfterSteps == Long.MAX_VALUE;
    if (isByTime ? lab.nowMicros() >= stopAtMicros : steps >= stopAfterSteps) {
      stopAfterSteps = Long.MAX_VALUE;
      stopAtMicros = Long.MAX_VALUE;
      stop.run();
    }
  }

  /** The time as of the last step; may be called from any thread. */
  long shownMicros() {
    return shownMicros;
  }

  /** Calls this with each event. */
  void onEvent(Consumer<Event> action) {
    onEvent = action;
  }

  /** Calls this with each event, in addition to {@link #onEvent}. */
  void onAnyEvent(Consumer<Event> action) {
    onAnyEvent = action;
  }

  /** Calls this with each message that is sent. */
  void onMessage(Consumer<Event.Sent> action) {
    onMessage = action;
  }

  /** Starts all replicas that are not running. */
  void startAll() {
    lab.replicas().stream().filter(id -> !lab.isRunning(id)).forEach(lab::start);
  }

  /** All replicas are ready; the judges' time begins. */
  void begin() {
    lab.trace().add(new Event.Began(lab.nowMicros()));
  }

  /** Records an action of the user that scenarios don't have. */
  void noteAction(String what, String how) {
    lab.trace().add(new Event.Fault(lab.nowMicros(), what, how));
  }

  /** Records an action of the user as scenarios have it. */
  void noteAction(Action action, String how) {
    lab.trace()
        .add(
            new Event.Fault(
                lab.nowMicros(), action.type().key(), how, ActionJson.of(action).toString()));
  }

  /** Runs the cluster for a short time. */
  void advance() {
    step(lab.nowMicros() + POLL_MICROS);
  }

  /** Advances time until an event happens, or to this moment at most. */
  void step(long untilMicros) {
    long until = Math.min(untilMicros, stopAtMicros);
    if (steppable) {
      stepping.stepOnce(until);
    } else {
      lab.step(until);
    }
    lab.keepLast(EVENTS_KEPT, BYTES_KEPT);
    steps++;
    shownMicros = lab.nowMicros();
    checkStop();
  }

  /**
   * Runs the cluster until a condition holds.
   *
   * @return whether it holds; false after a timeout or an interrupt
   */
  boolean playUntil(BooleanSupplier done, long boundMicros, InterruptFlag stop) {
    long until = lab.nowMicros() + boundMicros;
    while (!done.getAsBoolean()) {
      if (lab.nowMicros() >= until || stop.interrupted()) {
        return false;
      }
      step(Math.min(until, lab.nowMicros() + POLL_MICROS));
    }
    return true;
  }

  @Override
  public void close() {
    lab.close();
  }
}
