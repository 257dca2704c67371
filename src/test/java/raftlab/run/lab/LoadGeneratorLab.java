package raftlab.run.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import raftlab.cluster.World;
import raftlab.run.ScenarioRunner;
import raftlab.scenario.TrafficPlan;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.trace.TraceHeader;
import raftlab.wire.Id;
import raftlab.workload.ClientIds;
import raftlab.workload.LoadGenerator;
import raftlab.workload.OperationCounter;
import raftlab.workload.ReplyDispatcher;

/** A lab of three replicas, one of which leads, with the clients of some plans. */
final class LoadGeneratorLab implements AutoCloseable {
  private static final long BOUND_MICROS = 20_000_000;

  final Lab lab;
  final ClientIds clientele;
  final ReplyDispatcher reception = new ReplyDispatcher();
  final List<LoadGenerator> crowds = new ArrayList<>();

  LoadGeneratorLab(World world, boolean durable, int probes, TrafficPlan... plans) {
    clientele = ClientIds.of(3, false, List.of(plans), probes, false);
    TraceHeader header =
        new TraceHeader(
            "x", "{}", world.name(), 5, List.of(), ScenarioRunner.replicas(3), clientele.all());
    lab = new Lab(world, new Trace(header), 0, durable);
    lab.clientReceiver(reception::receive);
    for (int i = 0; i < plans.length; i++) {
      LoadGenerator crowd =
          new LoadGenerator(plans[i], i, clientele.loadGenerators().get(i), 5, lab.requests());
      reception.add(clientele.loadGenerators().get(i), crowd::receive);
      crowds.add(crowd);
    }
    lab.replicas().forEach(lab::start);
    awaitLeader();
  }

  /** The one plan's. */
  OperationCounter tally() {
    return crowds.get(0).operationCounter();
  }

  void start() {
    crowds.forEach(LoadGenerator::start);
  }

  void play(long millis) {
    lab.runUntil(lab.nowMicros() + millis * 1000);
  }

  void awaitLeader() {
    await(() -> lab.leader().isPresent());
  }

  /** Lets time go on until this is so. */
  void await(BooleanSupplier condition) {
    long bound = lab.nowMicros() + BOUND_MICROS;
    while (!condition.getAsBoolean()) {
      assertThat(lab.nowMicros()).as("what is awaited comes in time").isLessThan(bound);
      lab.step(Math.min(bound, lab.nowMicros() + 10_000));
    }
  }

  /** Kills the leader, and returns who that was. */
  Id crashLeader() {
    Id leader = lab.leader().orElseThrow();
    lab.crash(leader);
    return leader;
  }

  <T extends Event> List<T> events(Class<T> type) {
    return lab.trace().events().stream().filter(type::isInstance).map(type::cast).toList();
  }

  List<Event.Requested> requests() {
    return events(Event.Requested.class);
  }

  List<Event.Answered> answers() {
    return events(Event.Answered.class);
  }

  @Override
  public void close() {
    lab.close();
  }
}
