package raftlab.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import raftlab.bugs.BugCatalogue;
import raftlab.bugs.BuggyNodeFactory;
import raftlab.cluster.World;
import raftlab.cluster.sim.SimWorld;
import raftlab.dialect.SilentNode;
import raftlab.explain.LikelyCause.Certainty;
import raftlab.judge.check.Verdict.Status;
import raftlab.raft.RaftSettings;
import raftlab.run.RunOutcome;
import raftlab.run.ScenarioRunner;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;

/** A replica with a planted bug fails, and the cause that is named is that bug. */
class PlantedCausesTest {
  /** A replica that reads anywhere also reads as a new leader: a run may show only that. */
  private static final Map<String, String> SHOWS_AS =
      Map.of("reads-anywhere", "reads-before-own-commit");

  private static List<Path> probes() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("configs/probe"))) {
      return files
          .filter(file -> !file.endsWith("suite.json") && file.toString().endsWith(".json"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "acks-before-commit",
        "candidate-stays",
        "commit-goes-back",
        "commits-with-half",
        "drops-log-at-winning",
        "elected-by-half",
        "endless-rejections",
        "fixed-election-timeout",
        "keeps-conflicting-entries",
        "leader-stays",
        "ok-at-losing-leadership",
        "reads-anywhere",
        "reads-before-own-commit",
        "truncates-on-old-append",
        "votes-for-old-log"
      })
  void the_bug_is_the_cause_that_is_named_most_often(String bug)
      throws ScenarioException, IOException {
    World world = new SimWorld(BuggyNodeFactory.of(BugCatalogue.find(bug), RaftSettings.DEFAULT));
    Map<String, Integer> named = new TreeMap<>();
    String first = null;
    for (Path probe : probes()) {
      Scenario scenario = ScenarioReader.read(probe);
      RunOutcome outcome =
          RunOutcome.of(scenario, new ScenarioRunner(scenario, world, 1).play(), 0);
      if (outcome.status() == Status.FAIL) {
        String cause = outcome.cause().orElseThrow().name();
        first = first == null ? cause : first;
        named.merge(cause, 1, Integer::sum);
      }
    }
    assertThat(first).isIn(bug, SHOWS_AS.getOrDefault(bug, bug));
    assertThat(named).containsKey(bug);
    assertThat(named.get(bug)).as("%s", named).isEqualTo(Collections.max(named.values()));
  }

  /** A run may be too short to learn from: then the names of fields must do. */
  @ParameterizedTest
  @CsvSource({
    "elected-by-half, ok-then-kill",
    "votes-for-old-log, ok-then-kill",
    "skips-consistency-check, leads-again"
  })
  void the_bug_of_a_silent_replica_is_named_by_the_names_of_its_fields(String bug, String probe)
      throws ScenarioException, IOException {
    BuggyNodeFactory factory = BuggyNodeFactory.of(BugCatalogue.find(bug), RaftSettings.DEFAULT);
    World world = new SimWorld(host -> factory.create(SilentNode.quiet(host)));
    Scenario scenario = ScenarioReader.read(Path.of("configs/probe", probe + ".json"));
    RunOutcome outcome = RunOutcome.of(scenario, new ScenarioRunner(scenario, world, 1).play(), 0);
    assertThat(outcome.status()).isEqualTo(Status.FAIL);
    assertThat(outcome.cause()).map(LikelyCause::name).hasValue(bug);
    assertThat(outcome.cause()).map(LikelyCause::certainty).hasValue(Certainty.LIKELY);
  }
}
