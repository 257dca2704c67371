package raftlab.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

/**
 * Why a deposed leader that reports nothing still answered a get: a lease that is too long is not
 * the only reason.
 */
class SilentLeaseBugsTest {
  private static RunOutcome play(String bug, String file) throws ScenarioException {
    BuggyNodeFactory factory = BuggyNodeFactory.of(BugCatalogue.find(bug), RaftSettings.DEFAULT);
    World world = new SimWorld(host -> factory.create(SilentNode.quiet(host)));
    Scenario scenario = ScenarioReader.read(Path.of("configs", file + ".json"));
    return RunOutcome.of(scenario, new ScenarioRunner(scenario, world, 1).play(), 0);
  }

  @ParameterizedTest
  @CsvSource({
    "lease-survives-transfer, membership/lease-in-transfer",
    "reads-by-late-replies, membership/lease-in-transfer",
    "lease-from-reply, service/late-replies-to-leader",
    "votes-at-once-after-restart, persistence/lease-and-restart"
  })
  void the_reason_is_named_and_is_likely_at_most(String bug, String file) throws ScenarioException {
    RunOutcome outcome = play(bug, file);
    assertThat(outcome.status()).isEqualTo(Status.FAIL);
    assertThat(outcome.cause()).map(LikelyCause::name).hasValue(bug);
    assertThat(outcome.cause()).map(LikelyCause::certainty).hasValue(Certainty.LIKELY);
  }

  @ParameterizedTest
  @CsvSource({
    "changes-before-own-commit, membership/change-before-own-entry, accepts-old-term",
    "reads-without-majority, membership/lease-in-transfer, lease-survives-transfer"
  })
  void another_mistake_is_not_named(String bug, String file, String other)
      throws ScenarioException {
    RunOutcome outcome = play(bug, file);
    assertThat(outcome.status()).isEqualTo(Status.FAIL);
    assertThat(outcome.cause()).map(LikelyCause::name).isPresent().get().isNotEqualTo(other);
  }
}
