package raftlab.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import raftlab.cluster.sim.SimWorld;
import raftlab.raft.RaftNode;
import raftlab.raft.RaftSettings;
import raftlab.replica.ReplicaOptions;
import raftlab.run.ScenarioRunner;
import raftlab.scenario.Scenario;
import raftlab.suite.Suite;
import raftlab.suite.SuiteReader;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * How long clients wait when a leader is killed, in the simulated world: from the kill to the next
 * {@code ok} of a request; and how many messages the course's scenarios cost. Takes options of the
 * reference replica, to compare settings.
 */
public final class FailOver {
  private static final int SEEDS = 200;

  private FailOver() {}

  /** Prints the figures. */
  public static void main(String[] args) throws Exception {
    RaftSettings settings = ReplicaOptions.parse(List.of(args)).settings();
    Suite suite = SuiteReader.read("course", Path.of("configs"));
    SimWorld world = new SimWorld(host -> new RaftNode(host, settings));
    List<Long> waits = new ArrayList<>();
    for (Scenario scenario : suite.scenarios()) {
      List<Long> messages = new ArrayList<>();
      for (long seed = 1; seed <= SEEDS; seed++) {
        Trace trace = new ScenarioRunner(scenario, world, seed).play();
        waits(trace, waits);
        messages.add(messagesBetweenReplicas(trace));
      }
      messages.sort(null);
      System.out.printf(
          Locale.ROOT,
          "%-14s messages: median %d, 90 %% below %d%n",
          scenario.name(),
          messages.get(SEEDS / 2),
          messages.get(SEEDS * 9 / 10));
    }
    waits.sort(null);
    System.out.printf(
        Locale.ROOT,
        "%d leaders killed: median %d ms, 99 %% below %d ms, longest %d ms%n",
        waits.size(),
        waits.get(waits.size() / 2) / 1000,
        waits.get(waits.size() * 99 / 100) / 1000,
        waits.get(waits.size() - 1) / 1000);
  }

  private static long messagesBetweenReplicas(Trace trace) {
    List<Id> replicas = trace.header().replicas();
    return trace.events().stream()
        .filter(event -> event instanceof Event.Sent)
        .map(event -> (Event.Sent) event)
        .filter(sent -> replicas.contains(sent.from()) && replicas.contains(sent.to()))
        .count();
  }

  private static void waits(Trace trace, List<Long> waits) {
    long killedAt = -1;
    for (Event event : trace.events()) {
      if (event instanceof Event.Fault fault && fault.what().equals("kill_leader")) {
        killedAt = fault.atMicros();
      } else if (event instanceof Event.Answered answer
          && killedAt >= 0
          && answer.type().equals(Message.OK)) {
        waits.add(answer.atMicros() - killedAt);
        killedAt = -1;
      }
    }
  }
}
