package raftlab.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import raftlab.cluster.World;
import raftlab.scenario.Scenario;
import raftlab.trace.Event;
import raftlab.trace.Event.End;
import raftlab.trace.Header;
import raftlab.trace.Trace;
import raftlab.wire.Id;
import raftlab.workload.Clients;

/** Plays one scenario, once, in one world. Makes a trace; judges nothing. */
public final class Run {
  /** How long replicas may take until they say their first word, in milliseconds. */
  public static final long START_BOUND_MILLIS = 20_000;

  /** A run that can only fail goes on for this long, so that last words are still heard. */
  private static final long LAST_WORDS_MICROS = 300_000;

  /** The longest time that passes between two looks at whether the run should end. */
  private static final long LOOK_MICROS = 100_000;

  /**
   * Room for what a replica may well cause: 100,000 redirects while there is no leader. Whoever
   * needs more would fill the memory with answers, malformed messages or claims to lead.
   */
  private static final long MOST_OTHER_EVENTS = 600_000;

  private final Scenario scenario;
  private final World world;
  private final long startBoundMillis;
  private final Trace trace;
  private volatile boolean interrupted;

  /** A run that hasn't begun. */
  public Run(Scenario scenario, World world, long seed) {
    this(scenario, world, seed, START_BOUND_MILLIS);
  }

  /** A run whose replicas may take this long until they say their first word. */
  Run(Scenario scenario, World world, long seed, long startBoundMillis) {
    this.startBoundMillis = startBoundMillis;
    this.scenario = scenario;
    this.world = world;
    this.trace =
        new Trace(
            new Header(
                scenario.name(),
                scenario.json(),
                world.name(),
                seed,
                world.replicaCommand(),
                replicas(scenario.replicas()),
                Clients.ids(scenario.replicas())));
  }

  /** The IDs that the course gives to replicas: from {@code 0000} on. */
  public static List<Id> replicas(int count) {
    List<Id> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(Id.of(i));
    }
    return ids;
  }

  /** From now on, this is called with each event as it happens, on the run's thread. */
  public void watch(Consumer<Event> watcher) {
    trace.watch(watcher);
  }

  /** Ends the run soon; from any thread. */
  public void interrupt() {
    interrupted = true;
  }

  /** Plays it to its end, and leaves no process behind. */
  public Trace play() {
    try (Lab lab = new Lab(world, trace, scenario.drops(), scenario.needsStorage())) {
      End end = startAll(lab);
      if (end == null) {
        end = playTraffic(lab);
      }
      trace.add(new Event.Ended(lab.nowMicros(), end));
    }
    return trace;
  }

  /** Starts the replicas and waits until all are ready; else says why the run ends here. */
  private End startAll(Lab lab) {
    lab.replicas().forEach(lab::start);
    long bound = lab.nowMicros() + startBoundMillis * 1000;
    while (lab.ready().size() < lab.replicas().size()) {
      if (interrupted) {
        return End.INTERRUPTED;
      }
      if (anyIs(Lab.State.EXITED, lab)) {
        lab.playUntil(lab.nowMicros() + LAST_WORDS_MICROS);
        return End.NOT_STARTED;
      }
      if (isTraceFull()) {
        return End.PACKET_STORM;
      }
      if (lab.nowMicros() >= bound) {
        giveUpMute(lab);
        return End.NOT_STARTED;
      }
      lab.step(Math.min(bound, lab.nowMicros() + LOOK_MICROS));
    }
    return null;
  }

  /** Whether so much has happened, of whatever kind, that the trace would soon fill the memory. */
  private boolean isTraceFull() {
    // Of a message that is changed, delayed and doubled seven events tell; of most only two.
    long usual = 7L * scenario.maxPackets() + 10L * scenario.requests();
    return trace.events().size() > usual + MOST_OTHER_EVENTS;
  }

  private void giveUpMute(Lab lab) {
    for (Id replica : lab.replicas()) {
      if (lab.state(replica) == Lab.State.STARTING) {
        trace.add(new Event.NeverReady(lab.nowMicros(), replica, startBoundMillis));
      }
    }
  }

  private static boolean anyIs(Lab.State state, Lab lab) {
    for (Id replica : lab.replicas()) {
      if (lab.state(replica) == state) {
        return true;
      }
    }
    return false;
  }

  private End playTraffic(Lab lab) {
    lab.countFromHere();
    long began = lab.nowMicros();
    trace.add(new Event.Began(began));
    long from = began + scenario.startWaitMillis() * 1000;
    long to = from + scenario.lifetimeMillis() * 1000;
    long end = to + scenario.endWaitMillis() * 1000;

    long seed = trace.header().seed();
    Clients clients = new Clients(trace.header().clients(), scenario.mix(), seed, lab.requests());
    lab.clients(clients::receive);
    // A fault comes before a request of the same instant: whoever is killed then was never asked.
    Faults faults = new Faults(lab, seed);
    faults.plan(scenario.faults(), from);
    for (int i = 0; i < scenario.requests(); i++) {
      lab.at(from + i * scenario.lifetimeMillis() * 1000 / scenario.requests(), clients::ask);
    }
    lab.at(to, faults::giveUp);

    while (lab.nowMicros() < end) {
      lab.step(Math.min(end, lab.nowMicros() + LOOK_MICROS));
      if (interrupted) {
        return End.INTERRUPTED;
      }
      if (lab.messagesBetweenReplicas() > scenario.maxPackets() || isTraceFull()) {
        return End.PACKET_STORM;
      }
      if (anyIs(Lab.State.EXITED, lab)) {
        lab.playUntil(lab.nowMicros() + LAST_WORDS_MICROS);
        return End.REPLICA_DIED;
      }
    }
    faults.end(startBoundMillis);
    return End.COMPLETE;
  }
}
