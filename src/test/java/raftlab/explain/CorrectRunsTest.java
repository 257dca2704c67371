package raftlab.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import raftlab.cluster.sim.SimWorld;
import raftlab.dialect.DisguisedTrace;
import raftlab.dialect.SilentNode;
import raftlab.raft.RaftNode;
import raftlab.raft.RaftSettings;
import raftlab.raft.Setting;
import raftlab.run.ScenarioRunner;
import raftlab.run.swarm.RandomScenario;
import raftlab.scenario.Scenario;
import raftlab.scenario.file.ScenarioReader;
import raftlab.trace.Trace;

/** Nothing that surely no correct replica does is seen in runs of the reference replica. */
class CorrectRunsTest {
  private static final int SEEDS = 30;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, SEEDS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothing_is_held_against_replicas_that_report(long seed) {
    Scenario scenario = RandomScenario.of(seed);
    Trace trace = new ScenarioRunner(scenario, new SimWorld(RaftNode::new), seed).play();
    assertThat(Explanation.certain(scenario, trace)).isEmpty();
  }

  /** A replica that takes a snapshot every few entries, and keeps none of those in its log. */
  private static final RaftSettings SHORT_LOG =
      RaftSettings.DEFAULT.with(Setting.SNAPSHOT_THRESHOLD, 20).with(Setting.SNAPSHOT_KEEP, 0);

  @ParameterizedTest
  @MethodSource("seeds")
  void nor_against_those_that_compact_their_log_often(long seed) {
    Scenario scenario = RandomScenario.of(seed);
    SimWorld world = new SimWorld(host -> new RaftNode(host, SHORT_LOG));
    Trace trace = new ScenarioRunner(scenario, world, seed).play();
    assertThat(Explanation.certain(scenario, trace)).isEmpty();
  }

  @Test
  void nor_against_those_that_compact_their_log_and_disagree_about_entries_of_old_terms()
      throws Exception {
    Path file = Path.of("configs", "replication", "old-term-commit.json");
    Scenario scenario = ScenarioReader.read(file.toString(), Files.readString(file));
    for (long seed = 1; seed <= 5; seed++) {
      SimWorld world = new SimWorld(host -> new RaftNode(host, SHORT_LOG));
      Trace trace = new ScenarioRunner(scenario, world, seed).play();
      assertThat(Explanation.certain(scenario, trace)).as("seed " + seed).isEmpty();
    }
  }

  /** A paused voter answers many requests at once, some of earlier terms after that of the last. */
  @Test
  void refusals_of_late_requests_of_earlier_terms_are_not_suspicious() throws Exception {
    Scenario scenario =
        ScenarioReader.read(
            "paused-voter",
            """
            {"lifetime": 12, "replicas": 3, "requests": 0, "mix": 0.5, "start_wait": 0, "end_wait": 0.5,
             "max_packets": 9000, "network": {"delay": [0, 1.5]},
             "events": [
              {"type": "crash", "who": "0000", "time": 2},
              {"type": "pause", "who": "0001", "for": 0.3, "time": 2.1, "every": 0.35, "last": 10}]}
            """);
    RaftSettings settings = RaftSettings.DEFAULT.without(Setting.PRE_VOTE);
    for (long seed = 1; seed <= 20; seed++) {
      SimWorld world = new SimWorld(host -> new RaftNode(host, settings));
      Trace trace = new ScenarioRunner(scenario, world, seed).play();
      assertThat(Explanation.suspicion(scenario, trace)).as("seed " + seed).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nor_against_silent_ones(long seed) {
    Scenario scenario = RandomScenario.of(seed);
    Trace trace = new ScenarioRunner(scenario, new SimWorld(SilentNode::of), seed).play();
    assertThat(Explanation.certain(scenario, trace)).isEmpty();
  }

  /** What is certain must be right in any style, whatever the replicas call their fields. */
  @ParameterizedTest
  @MethodSource("seeds")
  void nor_against_silent_ones_in_other_styles(long seed) {
    Scenario scenario = RandomScenario.of(seed);
    Trace trace = new ScenarioRunner(scenario, new SimWorld(SilentNode::of), seed).play();
    for (int style = 1; style <= 3; style++) {
      DisguisedTrace disguise = new DisguisedTrace(100 * seed + style);
      assertThat(Explanation.certain(scenario, disguise.of(trace)))
          .as("style " + disguise)
          .isEmpty();
    }
  }
}
