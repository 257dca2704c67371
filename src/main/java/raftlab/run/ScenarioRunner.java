package raftlab.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import raftlab.cluster.World;
import raftlab.network.ScriptedMessageEvent;
import raftlab.run.action.ActionExecutor;
import raftlab.run.action.EventScheduler;
import raftlab.run.action.MessageTriggers;
import raftlab.run.action.TargetResolver;
import raftlab.run.lab.Lab;
import raftlab.run.lab.ReplicaState;
import raftlab.run.script.StepRunner;
import raftlab.run.script.WaitConditions;
import raftlab.run.traffic.RunClients;
import raftlab.scenario.Action;
import raftlab.scenario.Scenario;
import raftlab.trace.Event;
import raftlab.trace.Event.EndReason;
import raftlab.trace.EventTextSize;
import raftlab.trace.Trace;
import raftlab.trace.TraceHeader;
import raftlab.wire.Id;

/** Plays one scenario, once, in one world. Produces a trace; does not judge it. */
public final class ScenarioRunner {
  /** The time in which a replica must send its first message, in milliseconds. */
  public static final long START_BOUND_MILLIS = 20_000;

  /**
   * A run that fails early continues for this long, so that the last output of replicas is still
   * read.
   */
  private static final long FINAL_OUTPUT_MICROS = 300_000;

  /** The longest time between two checks whether the run should end. */
  private static final long POLL_MICROS = 100_000;

  /**
   * The most events besides the scenario's messages. A correct replica may cause 100,000 redirects
   * while there is no leader. More answers, malformed messages or claims to lead would fill the
   * memory.
   */
  private static final long MAX_OTHER_EVENTS = 600_000;

  /**
   * The most malformed messages: enough for replicas with all messages malformed, but not for a
   * flood.
   */
  private static final long MAX_MALFORMED = 100_000;

  private final Scenario scenario;
  private final World world;
  private final long startBoundMillis;
  private final Set<Id> lateReplicas;
  private final Trace trace;
  private long malformed;
  private volatile boolean interrupted;

  /** Creates a run. */
  public ScenarioRunner(Scenario scenario, World world, long seed) {
    this(scenario, world, seed, START_BOUND_MILLIS, scenario.lateReplicas());
  }

  /**
   * Creates a run.
   *
   * @param startBoundMillis the time in which a replica must send its first message
   * @param late replicas that aren't started at the beginning; a fault may start them later
   */
  public ScenarioRunner(
      Scenario scenario, World world, long seed, long startBoundMillis, Set<Id> late) {
    this.lateReplicas = Set.copyOf(late);
    this.startBoundMillis = startBoundMillis;
    this.scenario = scenario;
    this.world = world;
    this.trace =
        new Trace(
            new TraceHeader(
                scenario.name(),
                scenario.json(),
                world.name(),
                seed,
                world.replicaCommand(),
                replicas(scenario.replicas()),
                RunClients.clientIds(scenario).all()));
    trace.addListener(event -> malformed += event instanceof Event.Malformed ? 1 : 0);
  }

  /** Returns the IDs that the course gives to replicas: from {@code 0000} on. */
  public static List<Id> replicas(int count) {
    List<Id> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(Id.of(i));
    }
    return ids;
  }

  /** Calls the watcher with each event as it happens, on the run's thread. */
  public void addListener(Consumer<Event> watcher) {
    trace.addListener(watcher);
  }

  /** Returns the header of the trace. */
  public TraceHeader header() {
    return trace.header();
  }

  /** Ends the run soon; from any thread. */
  public void interrupt() {
    interrupted = true;
  }

  /** Plays the scenario to its end. No process is left running. */
  public Trace play() {
    try (Lab lab = new Lab(world, trace, 0, scenario.needsStorage())) {
      lab.links().conditions(scenario.network());
      lab.links().clientConditions(scenario.clientNetwork());
      lab.links().addScripted(singleMessages());
      EndReason end = startAll(lab);
      if (end == null) {
        end = playTraffic(lab);
      }
      trace.add(new Event.Ended(lab.nowMicros(), end));
    }
    return trace;
  }

  /** Returns the scripted deliveries of single messages, of the scenario and its events. */
  private List<ScriptedMessageEvent> singleMessages() {
    List<ScriptedMessageEvent> planned = new ArrayList<>();
    for (Action action : scenario.actions()) {
      if (action.detail() instanceof Action.SingleMessage single) {
        for (Id from : action.targets().ids()) {
          for (Id to : single.to().ids()) {
            planned.add(scriptedDelivery(action, from, to, single));
          }
        }
      }
    }
    return planned;
  }

  private static ScriptedMessageEvent scriptedDelivery(
      Action action, Id from, Id to, Action.SingleMessage single) {
    long by = single.by().fromMicros();
    return switch (action.type()) {
      case LOSE -> ScriptedMessageEvent.lose(from, to, single.nth());
      case HOLD -> ScriptedMessageEvent.delay(from, to, single.nth(), by);
      default -> ScriptedMessageEvent.duplicate(from, to, single.nth(), by);
    };
  }

  /**
   * Starts all replicas except the late ones, and waits until they are ready; returns why the run
   * ends here, or null.
   */
  private @Nullable EndReason startAll(Lab lab) {
    List<Id> early = lab.replicas().stream().filter(id -> !lateReplicas.contains(id)).toList();
    early.forEach(lab::start);
    long bound = lab.nowMicros() + startBoundMillis * 1000;
    while (!lab.ready().containsAll(early)) {
      if (interrupted) {
        return EndReason.INTERRUPTED;
      }
      if (lab.hasUnexpectedExit()) {
        lab.runUntil(lab.nowMicros() + FINAL_OUTPUT_MICROS);
        return EndReason.NOT_STARTED;
      }
      if (isTraceFull()) {
        return EndReason.PACKET_STORM;
      }
      if (lab.nowMicros() >= bound) {
        recordNeverReady(lab);
        return EndReason.NOT_STARTED;
      }
      lab.step(Math.min(bound, lab.nowMicros() + POLL_MICROS));
    }
    return null;
  }

  /** Whether the trace holds as many events as memory allows. */
  private boolean isTraceFull() {
    if (malformed > MAX_MALFORMED || trace.textBytes() > EventTextSize.MAX_BYTES) {
      return true;
    }
    // A message that is changed, delayed and duplicated has seven events; most have two.
    long usual = 7L * scenario.maxPackets() + 10L * scenario.requests();
    return trace.events().size() > usual + MAX_OTHER_EVENTS;
  }

  private void recordNeverReady(Lab lab) {
    for (Id replica : lab.replicas()) {
      if (lab.state(replica) == ReplicaState.STARTING) {
        trace.add(new Event.NeverReady(lab.nowMicros(), replica, startBoundMillis));
      }
    }
  }

  private EndReason playTraffic(Lab lab) {
    lab.resetMessageCount();
    long began = lab.nowMicros();
    trace.add(new Event.Began(began));
    long from = began + scenario.startWaitMillis() * 1000;
    return new ScenarioPlayback(scenario, lab, from).playToEnd();
  }

  /** The part of a run that starts when all replicas are ready. */
  private final class ScenarioPlayback {
    private final Lab lab;
    private final EventScheduler eventScheduler;
    private final ActionExecutor actions;
    private final StepRunner steps;
    private long endMicros;

    ScenarioPlayback(Scenario scenario, Lab lab, long fromMicros) {
      this.lab = lab;
      long seed = trace.header().seed();
      RunClients audience = new RunClients(scenario, lab, seed);
      TargetResolver chooser = new TargetResolver(lab);
      MessageTriggers triggers = new MessageTriggers(lab, chooser);
      actions = new ActionExecutor(lab, chooser, audience);
      eventScheduler = new EventScheduler(lab, seed, actions, triggers);
      steps =
          new StepRunner(
              lab,
              seed,
              actions,
              eventScheduler,
              triggers,
              new WaitConditions(lab, chooser, triggers, actions, audience));
      // An event comes before a request at the same time: a replica that is killed then doesn't get
      // the request.
      eventScheduler.schedule(scenario.events(), fromMicros);
      audience.begin(fromMicros);
      long toMicros = fromMicros + scenario.lifetimeMillis() * 1000;
      endMicros = toMicros + scenario.endWaitMillis() * 1000;
      lab.scheduleAt(toMicros, eventScheduler::abandonWaiting);
      if (!scenario.steps().isEmpty()) {
        steps.begin(scenario.steps(), fromMicros);
        lab.scheduleAt(toMicros, steps::failUnfinished);
      }
    }

    EndReason playToEnd() {
      boolean stepping = !scenario.steps().isEmpty();
      while (lab.nowMicros() < endMicros) {
        lab.step(Math.min(endMicros, lab.nowMicros() + POLL_MICROS));
        steps.poll();
        if (stepping && steps.isOver()) {
          stepping = false;
          eventScheduler.abandonWaiting();
          long rest = steps.hasFailed() ? FINAL_OUTPUT_MICROS : scenario.endWaitMillis() * 1000;
          endMicros = lab.nowMicros() + rest;
        }
        EndReason early = earlyEnd(lab);
        if (early != null) {
          return early;
        }
      }
      if (stepping) {
        steps.failUnfinished();
      }
      actions.end(startBoundMillis);
      return EndReason.COMPLETE;
    }
  }

  /** Returns why a run ends early; null if it doesn't. */
  private @Nullable EndReason earlyEnd(Lab lab) {
    if (interrupted) {
      return EndReason.INTERRUPTED;
    }
    if (lab.messagesBetweenReplicas() > scenario.maxPackets() || isTraceFull()) {
      return EndReason.PACKET_STORM;
    }
    if (lab.hasUnexpectedExit()) {
      lab.runUntil(lab.nowMicros() + FINAL_OUTPUT_MICROS);
      return EndReason.REPLICA_DIED;
    }
    return null;
  }
}
