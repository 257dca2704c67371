package raftlab.run.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import raftlab.cluster.sim.SimWorld;
import raftlab.judge.check.Verdict.Status;
import raftlab.node.Host;
import raftlab.node.Node;
import raftlab.raft.RaftNode;
import raftlab.run.IdleNode;
import raftlab.run.RunOutcome;
import raftlab.run.ScenarioRunner;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.wire.Message;

/** What a scenario needs before it comes to what it is about, and the client in the background. */
class SetupStepsTest {
  private Trace trace;

  private RunOutcome play(NodeMaker nodes, String more, String steps) {
    try {
      Scenario scenario =
          ScenarioReader.read(
              "setup",
              String.format(
                  Locale.ROOT,
                  """
              {"lifetime": 20, "start_wait": 0, "end_wait": 0, "replicas": 3, %s"steps": [%s]}""",
                  more,
                  steps));
      trace = new ScenarioRunner(scenario, new SimWorld(nodes::make), 1).play();
      return RunOutcome.of(scenario, trace, 1);
    } catch (ScenarioException wrong) {
      throw new IllegalArgumentException(wrong);
    }
  }

  /** Makes replicas. */
  private interface NodeMaker {
    Node make(Host host);
  }

  @Test
  void a_scenario_whose_setup_fails_is_blocked_and_says_what_was_missing() {
    RunOutcome outcome =
        play(
            IdleNode::new,
            "",
            """
            {"until": "leader", "setup": true}""");
    assertThat(outcome.status()).isEqualTo(Status.BLOCKED);
    assertThat(outcome.judgement().reason())
        .startsWith("blocked: until leader, at most 5 s: no leader was elected: ");
  }

  @Test
  void any_other_step_that_fails_fails_the_run() {
    RunOutcome outcome = play(IdleNode::new, "", "{\"until\": \"leader\"}");
    assertThat(outcome.status()).isEqualTo(Status.FAIL);
  }

  @Test
  void a_setup_that_works_blocks_nothing() {
    RunOutcome outcome =
        play(
            RaftNode::new,
            "",
            """
            {"until": "leader", "setup": true},{"type": "put", "key": "k", "setup": true}""");
    assertThat(outcome.status()).isEqualTo(Status.PASS);
  }

  @Test
  void nothing_is_recorded_of_what_the_background_client_asks_but_its_messages() {
    play(
        RaftNode::new,
        "\"background\": true, ",
        """
        {"until": "leader"}, {"wait": 1}, {"type": "put", "key": "k"}""");
    assertThat(trace.events().stream().filter(Event.Requested.class::isInstance)).hasSize(1);
    assertThat(trace.events().stream().filter(Event.Answered.class::isInstance)).hasSize(1);
    assertThat(messages(Message.PUT)).isGreaterThan(1);
    assertThat(messages(Message.GET)).isGreaterThan(5);
  }

  private long messages(String type) {
    return trace.events().stream()
        .filter(event -> event instanceof Event.Sent sent && sent.message().type().equals(type))
        .count();
  }

  @Test
  void what_waits_for_a_message_to_a_client_does_not_see_the_background_client() {
    String crash =
        """
        {"type": "crash", "who": "sender", "on": {"message": "ok", "to": "client"}}""";
    play(
        RaftNode::new,
        "\"background\": true, ",
        "{\"until\": \"leader\"}, " + crash + ", {\"wait\": 1}");
    assertThat(trace.events().stream().filter(Event.Crashed.class::isInstance)).isEmpty();
    play(
        RaftNode::new,
        "\"background\": true, ",
        "{\"until\": \"leader\"}, "
            + crash
            + ", {\"type\": \"put\", \"key\": \"k\", \"answer\": \"any\"}");
    assertThat(trace.events().stream().filter(Event.Crashed.class::isInstance)).hasSize(1);
  }
}
