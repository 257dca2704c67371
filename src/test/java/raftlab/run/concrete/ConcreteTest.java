package raftlab.run.concrete;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import raftlab.cluster.sim.SimWorld;
import raftlab.raft.RaftNode;
import raftlab.run.Run;
import raftlab.scenario.Scenario;
import raftlab.suite.SuiteReader;
import raftlab.trace.Event;
import raftlab.trace.Trace;

/** A run that was written down is the same run when it is played. */
class ConcreteTest {
  private static final SimWorld WORLD = new SimWorld(RaftNode::new);

  static List<Scenario> suites() throws Exception {
    List<Scenario> all = new ArrayList<>();
    for (String suite :
        List.of(
            "course",
            "election",
            "replication",
            "persistence",
            "partition",
            "membership",
            "compaction",
            "service",
            "unreliable")) {
      all.addAll(SuiteReader.read(suite, Path.of("configs")).scenarios());
    }
    return all;
  }

  private static List<String> betweenReplicas(Trace trace) {
    int client = trace.header().clients().get(0).value();
    List<String> messages = new ArrayList<>();
    for (Event event : trace.events()) {
      if (event instanceof Event.Sent sent
          && sent.from().value() < client
          && sent.to().value() < client) {
        messages.add(
            sent.atMicros() + " " + sent.from() + " " + sent.to() + " " + sent.message().type());
      } else if (event instanceof Event.Reported report) {
        messages.add(report.atMicros() + " " + report.replica() + " " + report.change().getClass());
      }
    }
    return messages;
  }

  private static Trace playAsWritten(Concrete.Result concrete, long seed) throws Exception {
    return new Run(concrete.draft().read("concrete"), WORLD, seed).play();
  }

  @ParameterizedTest
  @MethodSource("suites")
  void replicas_send_the_same_messages_at_the_same_times(Scenario scenario) throws Exception {
    for (long seed = 1; seed <= 2; seed++) {
      Trace trace = new Run(scenario, WORLD, seed).play();
      Concrete.Result concrete = Concrete.of(trace);
      if (concrete.exact()) {
        assertSame(seed, betweenReplicas(trace), betweenReplicas(playAsWritten(concrete, seed)));
      }
    }
  }

  /** The first line that differs says more than all. */
  private static void assertSame(long seed, List<String> before, List<String> after) {
    for (int i = 0; i < before.size(); i++) {
      assertThat(i < after.size() ? after.get(i) : "nothing")
          .as("seed %d, line %d of %d", seed, i, before.size())
          .isEqualTo(before.get(i));
    }
  }
}
