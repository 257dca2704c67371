package raftlab.run.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import raftlab.cluster.sim.SimWorld;
import raftlab.judge.Judgement;
import raftlab.judge.check.Verdict;
import raftlab.judge.check.Verdict.Status;
import raftlab.node.NodeFactory;
import raftlab.raft.RaftNode;
import raftlab.run.ScenarioRunner;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;

/** Where nothing is in their way, replicas that don't get on are found out. */
class StuckReplicasTest {
  private static final String CALM = "[]";

  /** The log of the odd one stays behind, and the leader crashes when it comes back. */
  private static final String ODD_ONE_BEHIND =
      """
      [{"type": "cut", "time": 0.1, "who": "0002"}, \
      {"type": "heal", "time": 4}, {"type": "kill_leader", "time": 4.001}]""";

  private static final String ODD_ONE_RESTARTS =
      """
      [{"type": "crash", "time": 1, "who": "0002"}, \
      {"type": "restart", "time": 2, "who": "0002"}]""";

  private static Scenario scenario(String events, int replicas, double loss)
      throws ScenarioException {
    return ScenarioReader.read(
        "stuck",
        "{\"events\": "
            + events
            + ", \"drops\": "
            + loss
            + ", \"replicas\": "
            + replicas
            + ", \"lifetime\": 15, \"start_wait\": 1, \"end_wait\": 1, \"requests\": 100,"
            + " \"mix\": 0.5}");
  }

  private static List<Verdict> liveness(NodeFactory factory, Scenario scenario) {
    return Judgement.of(scenario, new ScenarioRunner(scenario, new SimWorld(factory), 1).play())
        .verdicts()
        .stream()
        .filter(verdict -> verdict.check().key().startsWith("live"))
        .toList();
  }

  static Stream<Arguments> stuck() {
    return Stream.of(
        Arguments.of("equal timeouts", StuckReplicas.withEqualTimeouts(), CALM, 0, "live_leader"),
        Arguments.of("slow heartbeats", StuckReplicas.withSlowHeartbeats(), CALM, 0, "live_calm"),
        Arguments.of(
            "never sends again", StuckReplicas.neverSendingAgain(), CALM, 0.1, "live_answers"),
        Arguments.of(
            "timer reset by any message",
            StuckReplicas.silencedByAnybody(),
            ODD_ONE_BEHIND,
            0,
            "live_leader"),
        Arguments.of("rejects for ever", StuckReplicas.rejectingForEver(), CALM, 0, "live_calm"),
        Arguments.of(
            "learns nothing",
            StuckReplicas.learningNothing(),
            ODD_ONE_RESTARTS,
            0,
            "live_catch_up"),
        Arguments.of(
            "sends nothing after a restart",
            WrongReplicas.silentAfterRestart(),
            ODD_ONE_RESTARTS,
            0,
            "live_catch_up"),
        Arguments.of("ignores clients", StuckReplicas.ignoringClients(), CALM, 0, "live_answers"),
        Arguments.of(
            "redirects all clients",
            StuckReplicas.redirectingAllClients(),
            CALM,
            0,
            "live_answers"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stuck")
  void a_replica_that_is_stuck_is_found_out(
      String mistake, NodeFactory factory, String events, double loss, String check)
      throws ScenarioException {
    List<Verdict> found = liveness(factory, scenario(events, 5, loss));
    assertThat(found)
        .as("%s: %s", mistake, found)
        .anySatisfy(
            verdict -> {
              assertThat(verdict.check().key()).isEqualTo(check);
              assertThat(verdict.status()).isEqualTo(Status.FAIL);
              assertThat(verdict.loadCanCause()).isTrue();
              assertThat(verdict.evidence()).isNotEmpty();
            });
  }

  @ParameterizedTest(name = "{2}, {3}")
  @MethodSource("stuck")
  void the_reference_replica_makes_progress_under_the_same_circumstances(
      String mistake, NodeFactory wrong, String events, double loss, String check)
      throws ScenarioException {
    assertThat(liveness(RaftNode::new, scenario(events, 5, loss)))
        .singleElement()
        .satisfies(
            verdict -> {
              assertThat(verdict.check().key()).isEqualTo("live");
              assertThat(verdict.status()).isEqualTo(Status.PASS);
            });
  }

  @Test
  void without_a_stable_period_that_is_long_enough_there_is_no_verdict() throws ScenarioException {
    assertThat(liveness(StuckReplicas.withEqualTimeouts(), scenario(CALM, 3, 0.5))).isEmpty();
  }
}
