package raftlab.run.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.cluster.sim.SimWorld;
import raftlab.judge.check.Verdict.Status;
import raftlab.node.Host;
import raftlab.node.Node;
import raftlab.node.NodeFactory;
import raftlab.node.StateChange;
import raftlab.replica.ReplicaOptions;
import raftlab.run.RunOutcome;
import raftlab.run.ScenarioRunner;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;
import raftlab.trace.Event;
import raftlab.trace.Trace;

/** A note of a replica's author is recorded as such, and is no report of state. */
class NotesTest {
  /** A correct replica that reports no state but has a note. */
  private static Node noting(Host host) {
    NodeFactory silent = ReplicaOptions.parse(List.of("--silent")).nodeFactory();
    host.report(new StateChange.Note("election timeout\n150 ms"));
    return silent.create(host);
  }

  private static Trace play(NodeFactory nodes, Scenario scenario) {
    return new ScenarioRunner(scenario, new SimWorld(nodes), 1).play();
  }

  private static Scenario scenario() throws ScenarioException {
    return ScenarioReader.read(Path.of("configs/course/crash-3.json"));
  }

  @Test
  void a_note_is_in_the_trace_on_one_line() throws Exception {
    List<Event> events = play(NotesTest::noting, scenario()).events();
    assertThat(events)
        .filteredOn(Event.Noted.class::isInstance)
        .hasSize(5)
        .allSatisfy(
            event -> assertThat(((Event.Noted) event).text()).isEqualTo("election timeout⏎150 ms"));
    assertThat(events).noneMatch(Event.Reported.class::isInstance);
  }

  @Test
  void notes_change_no_verdict() throws Exception {
    Scenario scenario = scenario();
    RunOutcome noted = RunOutcome.of(scenario, play(NotesTest::noting, scenario), 0);
    assertThat(noted.status()).isEqualTo(Status.PASS);
    assertThat(noted.suspicion()).isEmpty();
  }
}
