package raftlab.run.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import raftlab.bugs.Bug;
import raftlab.bugs.BugCatalogue;
import raftlab.bugs.BuggyNodeFactory;
import raftlab.cluster.sim.SimWorld;
import raftlab.judge.check.Verdict.Status;
import raftlab.raft.RaftSettings;

/**
 * Planted bugs that the swarm finds only because it draws small snapshots, late messages, leaders
 * that are deposed while clients read from them, and at the end a transfer, or a crash of a
 * minority and of all removed replicas.
 */
class BugsFoundBySwarmTest {
  private static boolean isFound(String name, int seeds) throws InterruptedException {
    Bug bug = BugCatalogue.find(name);
    boolean[] found = {false};
    new Swarm(
            seed ->
                new SimWorld(
                    BuggyNodeFactory.of(bug, RandomSettings.of(seed, RaftSettings.DEFAULT))),
            2)
        .play(
            1,
            seeds,
            outcome -> {
              found[0] |= outcome.status() == Status.FAIL;
              return !found[0];
            });
    return found[0];
  }

  @ParameterizedTest
  @CsvSource({
    "snapshot-without-term, 5",
    "snapshot-of-unapplied, 5",
    "commits-old-term, 30",
    "lease-survives-transfer, 100",
    "transfer-without-flag, 10",
    "removed-still-counts, 40",
  })
  void a_bug_is_found_within_so_many_seeds(String bug, int seeds) throws InterruptedException {
    assertThat(isFound(bug, seeds)).isTrue();
  }
}
