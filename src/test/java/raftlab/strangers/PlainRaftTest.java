package raftlab.strangers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import raftlab.cluster.sim.SimWorld;
import raftlab.judge.Judgement;
import raftlab.judge.check.Verdict.Status;
import raftlab.run.ScenarioRunner;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.suite.SuiteReader;

/** {@link PlainRaft} is correct, and its bugs are bugs. */
class PlainRaftTest {
  /** What Figure 2 of the paper does not guarantee, or what a replica without a disk can't do. */
  private static final Set<String> BEYOND_FIGURE_2 =
      Set.of(
          "one-way", // a leader without replies of a majority must step down
          "rejoin-does-not-disturb", // needs PreVote
          "partial-partition", // needs PreVote
          "election-drops-30", // needs PreVote, or longer timeouts
          "figure-8-churn", // replicas restart
          "figure-8-churn-long");

  private static Judgement play(Scenario scenario, PlainBug bug) {
    SimWorld world = new SimWorld(host -> new PlainRaft(host, MessageStyle.PLAIN, bug));
    return Judgement.of(scenario, new ScenarioRunner(scenario, world, 1).play());
  }

  private static List<Scenario> scenarios(String suite) throws ScenarioException {
    return SuiteReader.read(suite, Path.of("configs")).forWorld("sim").scenarios().stream()
        .filter(scenario -> !BEYOND_FIGURE_2.contains(scenario.name()))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"course", "election", "replication", "unreliable", "partition"})
  void passes_all_that_figure_2_guarantees(String suite) throws ScenarioException {
    assertThat(scenarios(suite))
        .allSatisfy(
            scenario -> {
              Judgement judgement = play(scenario, PlainBug.NONE);
              assertThat(judgement.reason()).as(scenario.name()).isEmpty();
              assertThat(judgement.status()).as(scenario.name()).isEqualTo(Status.PASS);
            });
  }

  @ParameterizedTest
  @CsvSource({"NEVER_RESENDS, far-behind", "COUNTS_OLD_VOTES, leads-again", "BLOCKING, quiet"})
  void its_bugs_are_caught(PlainBug bug, String name) throws ScenarioException {
    assertThat(scenarios("probe"))
        .filteredOn(scenario -> scenario.name().equals(name))
        .singleElement()
        .satisfies(
            scenario -> {
              assertThat(play(scenario, bug).status()).isEqualTo(Status.FAIL);
              assertThat(play(scenario, PlainBug.NONE).status()).isEqualTo(Status.PASS);
            });
  }
}
