package raftlab.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import raftlab.cluster.sim.SimWorld;
import raftlab.judge.Judgement;
import raftlab.judge.check.Verdict.Status;
import raftlab.raft.RaftNode;
import raftlab.run.ScenarioRunner;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;

/**
 * The kit's own suites: the reference replica passes every scenario of them in the simulated world.
 */
class LabSuitesTest {
  private static final Path CONFIGS = Path.of("configs");
  private static final int SEEDS = Integer.getInteger("raftlab.seeds", 1);

  private static List<Suite> suites() throws ScenarioException {
    List<Suite> suites = new ArrayList<>();
    for (String name : SuiteReader.names(CONFIGS)) {
      suites.add(SuiteReader.read(name, CONFIGS));
    }
    return suites;
  }

  @TestFactory
  Stream<DynamicTest> the_reference_replica_passes() throws ScenarioException {
    return suites().stream()
        .flatMap(
            suite ->
                suite.forWorld("sim").scenarios().stream()
                    .map(
                        scenario ->
                            DynamicTest.dynamicTest(
                                suite.name() + "/" + scenario.name(), () -> passes(scenario))));
  }

  private static void passes(Scenario scenario) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      ScenarioRunner run = new ScenarioRunner(scenario, new SimWorld(RaftNode::new), seed);
      Judgement judgement = Judgement.of(scenario, run.play());
      assertThat(judgement.reason()).as("seed %d", seed).isEmpty();
      assertThat(judgement.status()).as("seed %d", seed).isEqualTo(Status.PASS);
    }
  }

  @Test
  void every_suite_names_all_its_files_and_says_what_each_is_about() throws ScenarioException {
    assertThat(suites())
        .extracting(Suite::name)
        .contains(
            "course",
            "election",
            "replication",
            "unreliable",
            "partition",
            "persistence",
            "compaction",
            "service",
            "membership",
            "probe");
    for (Suite suite : suites()) {
      assertThat(suite.warnings()).isEmpty();
      if (!suite.name().equals("course")) {
        assertThat(suite.scenarios())
            .allSatisfy(
                scenario -> {
                  assertThat(scenario.warnings()).isEmpty();
                  assertThat(scenario.title()).isNotEqualTo(scenario.name());
                  assertThat(scenario.credit().section()).isNotEmpty();
                });
      }
    }
  }

  @Test
  void the_suites_give_the_points_that_they_are_worth() throws ScenarioException {
    for (Suite suite : suites()) {
      double points = suite.scenarios().stream().mapToDouble(s -> s.credit().points()).sum();
      double worth =
          switch (suite.name()) {
            case "election" -> 20;
            case "service" -> 21;
            case "replication" -> 26;
            case "unreliable", "partition" -> 15;
            case "persistence" -> 17;
            case "compaction" -> 11;
            case "membership" -> 22;
            case "probe" -> 48;
            default -> 0;
          };
      assertThat(points).as(suite.name()).isEqualTo(worth);
    }
  }
}
