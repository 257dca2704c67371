package raftlab.console;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import raftlab.cluster.World;
import raftlab.network.Seeds;
import raftlab.run.ScenarioRunner;
import raftlab.run.lab.Lab;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.trace.TraceHeader;
import raftlab.wire.Id;

/** The cluster that the console works on, and those who listen to it. Used on the lab's thread. */
final class LiveCluster implements AutoCloseable {
  /** The longest time between two looks at whether a command should end. */
  static final long LOOK_MICROS = 20_000;

  /** So many events are kept: a console may stay open for days. */
  private static final int EVENTS_KEPT = 50_000;

  /** So many bytes of what replicas said are kept. */
  private static final long BYTES_KEPT = 64L << 20;

  private final Lab lab;
  private final MessageCounter tally = new MessageCounter();
  private final EventHistory chronicle = new EventHistory();
  private final RecentOutput outputs = new RecentOutput();
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
                // Where the course's clients begin.
                List.of(Id.of(replicas + 16))));
    Notifications news = new Notifications(screen);
    this.seed = seed;
    this.ownClock = world.name().equals("process");
    this.random = Seeds.generator(seed, "console", 0);
    this.lab = new Lab(world, trace, 0, true);
    this.client = new ConsoleClient(lab, seed, news);
    trace.watch(tally::accept);
    trace.watch(chronicle::accept);
    trace.watch(outputs::accept);
    trace.watch(reports::accept);
    trace.watch(news::accept);
    trace.watch(client::accept);
  }

  Lab lab() {
    return lab;
  }

  MessageCounter tally() {
    return tally;
  }

  EventHistory chronicle() {
    return chronicle;
  }

  RecentOutput outputs() {
    return outputs;
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

  /** For what a person leaves to chance. */
  RandomGenerator random() {
    return random;
  }

  /** The keys that were asked for, for completion; from any thread. */
  Set<String> keys() {
    return keys;
  }

  /** Whether time goes on without commands. */
  boolean hasOwnClock() {
    return ownClock;
  }

  /** Notes something that a person did to the cluster. */
  void did(String what, String how) {
    lab.trace().add(new Event.Fault(lab.nowMicros(), what, how));
  }

  /** Lets a little time go on. */
  void live() {
    lab.step(lab.nowMicros() + LOOK_MICROS);
    lab.keepLast(EVENTS_KEPT, BYTES_KEPT);
  }

  /**
   * Lets time go on until something holds.
   *
   * @return whether it holds; not if the time was over or the command was stopped before
   */
  boolean playUntil(BooleanSupplier done, long boundMicros, InterruptFlag stop) {
    long until = lab.nowMicros() + boundMicros;
    while (!done.getAsBoolean()) {
      if (lab.nowMicros() >= until || stop.asked()) {
        return false;
      }
      lab.step(Math.min(until, lab.nowMicros() + LOOK_MICROS));
      lab.keepLast(EVENTS_KEPT, BYTES_KEPT);
    }
    return true;
  }

  @Override
  public void close() {
    lab.close();
  }
}
