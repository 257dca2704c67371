package raftlab.console;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import raftlab.cluster.World;
import raftlab.network.SeededGenerators;
import raftlab.run.ScenarioRunner;
import raftlab.run.lab.Lab;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.trace.TraceHeader;
import raftlab.wire.Id;

/** The console's cluster and its listeners. Used on the lab's thread. */
final class LiveCluster implements AutoCloseable {
  /** The longest interval between two checks of whether a command should end. */
  static final long POLL_MICROS = 20_000;

  /** The number of events that are kept: a console may stay open for days. */
  private static final int EVENTS_KEPT = 50_000;

  /** The bytes of replica messages and output that are kept. */
  private static final long BYTES_KEPT = 64L << 20;

  private final Lab lab;
  private final MessageCounter messageCounter = new MessageCounter();
  private final EventHistory eventHistory = new EventHistory();
  private final RecentOutput recentOutput = new RecentOutput();
  private final ReplicaReports reports = new ReplicaReports();
  private final ConsoleClient client;
  private final RandomGenerator random;
  private final Set<String> keys = new ConcurrentSkipListSet<>();
  private final boolean ownClock;
  private final long seed;

  LiveCluster(World world, int replicas, long seed, ConsoleOutput screen) {
    Trace trace =
        new Trace(
            new TraceHeader(
                "console",
                "",
                world.name(),
                seed,
                world.replicaCommand(),
                ScenarioRunner.replicas(replicas),
                // The first ID of the course's clients.
                List.of(Id.of(replicas + 16))));
    Notifications news = new Notifications(screen);
    this.seed = seed;
    this.ownClock = world.usesWallClock();
    this.random = SeededGenerators.generator(seed, "console", 0);
    this.lab = new Lab(world, trace, 0, true);
    this.client = new ConsoleClient(lab, seed, news);
    trace.addListener(messageCounter::accept);
    trace.addListener(eventHistory::accept);
    trace.addListener(recentOutput::accept);
    trace.addListener(reports::accept);
    trace.addListener(news::accept);
    trace.addListener(client::accept);
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

  ConsoleClient client() {
    return client;
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

  /** Whether time passes without commands. */
  boolean hasOwnClock() {
    return ownClock;
  }

  /** Records an action of the user. */
  void noteAction(String what, String how) {
    lab.trace().add(new Event.Fault(lab.nowMicros(), what, how));
  }

  /** Runs the cluster for a short time. */
  void advance() {
    lab.step(lab.nowMicros() + POLL_MICROS);
    lab.keepLast(EVENTS_KEPT, BYTES_KEPT);
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
      lab.step(Math.min(until, lab.nowMicros() + POLL_MICROS));
      lab.keepLast(EVENTS_KEPT, BYTES_KEPT);
    }
    return true;
  }

  @Override
  public void close() {
    lab.close();
  }
}
