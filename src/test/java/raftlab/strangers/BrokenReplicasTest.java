package raftlab.strangers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import raftlab.cluster.sim.SimWorld;
import raftlab.judge.Judgement;
import raftlab.judge.check.Verdict.Status;
import raftlab.run.ScenarioRunner;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;

/** Scenarios that must fail a bug with most seeds, not only with some, and never a correct one. */
class BrokenReplicasTest {
  private static final int SEEDS = 5;
  private static final int MOST = 3;

  private static long count(Scenario scenario, PlainBug bug, Status status) {
    return LongStream.rangeClosed(1, SEEDS)
        .filter(
            seed -> {
              SimWorld world = new SimWorld(host -> new PlainRaft(host, MessageStyle.PLAIN, bug));
              return Judgement.of(scenario, new ScenarioRunner(scenario, world, seed).play())
                      .status()
                  == status;
            })
        .count();
  }

  private static Scenario read(String name) throws ScenarioException {
    return ScenarioReader.read(Path.of("configs", name + ".json"));
  }

  @ParameterizedTest
  @CsvSource({
    "NEVER_RESENDS, probe/lost-messages",
    "NEVER_RESENDS, probe/doubled",
    "NEVER_RESENDS, probe/far-behind",
    "NEVER_RESENDS, probe/big-backlog",
    "NEVER_RESENDS, probe/late-leader",
    "IGNORES_REFUSALS, probe/lost-messages",
    "IGNORES_REFUSALS, probe/doubled",
    "IGNORES_REFUSALS, probe/far-behind",
    "IGNORES_REFUSALS, probe/big-backlog",
    "IGNORES_REFUSALS, probe/late-leader",
    "APPENDS_BLINDLY, probe/lost-messages",
    "APPENDS_BLINDLY, probe/doubled",
    "APPENDS_BLINDLY, probe/far-behind",
    "APPENDS_BLINDLY, probe/big-backlog",
    "APPENDS_BLINDLY, probe/late-leader",
    "COUNTS_OLD_VOTES, election/one-vote-per-term",
    "COUNTS_LATE_VOTES, election/one-vote-per-term"
  })
  void most_seeds_fail_it(PlainBug bug, String name) throws ScenarioException {
    assertThat(count(read(name), bug, Status.FAIL)).isGreaterThanOrEqualTo(MOST);
  }

  /** The suite {@code election} is for replicas that only elect leaders, too. */
  @ParameterizedTest
  @CsvSource({
    "NONE, probe/lost-messages",
    "NONE, probe/doubled",
    "NONE, probe/far-behind",
    "NONE, probe/big-backlog",
    "NONE, probe/late-leader",
    "NONE, election/one-vote-per-term",
    "ELECTS_ONLY, election/one-vote-per-term"
  })
  void all_seeds_pass_what_is_correct(PlainBug bug, String name) throws ScenarioException {
    assertThat(count(read(name), bug, Status.PASS)).isEqualTo(SEEDS);
  }
}
