package raftlab.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.cluster.sim.SimWorld;
import raftlab.judge.check.Verdict.Status;
import raftlab.raft.RaftNode;
import raftlab.run.IdleNode;
import raftlab.run.RunOutcome;
import raftlab.scenario.ScenarioException;
import raftlab.suite.SuiteRunner.SuiteListener;
import raftlab.suite.SuiteRunner.Task;

/** A suite whose first scenarios are all blocked by the same failure ends there. */
class BlockedSuiteDetectorTest {
  private final List<RunOutcome> outcomes = new ArrayList<>();

  private void play(SimWorld world, boolean endEarly)
      throws ScenarioException, InterruptedException {
    Suite probe = SuiteReader.read("probe", Path.of("configs"));
    SuiteRunner run =
        new SuiteRunner(
            world,
            1,
            new SuiteListener() {
              @Override
              public void began(Task task) {
                // Nobody wants to know.
              }

              @Override
              public void ended(Task task, RunOutcome outcome) {
                // Nobody wants to know.
              }
            });
    if (endEarly) {
      run.stopIfBlocked();
    }
    run.play(SuiteRunner.tasks(List.of(probe), 1, 1, false), outcomes::add);
  }

  @Test
  void what_would_be_blocked_by_the_same_is_not_played() throws Exception {
    play(new SimWorld(IdleNode::new), true);
    assertThat(outcomes).extracting(RunOutcome::status).containsOnly(Status.BLOCKED);
    assertThat(outcomes.stream().filter(outcome -> !outcome.wasNotPlayed())).hasSize(3);
    RunOutcome last = outcomes.get(outcomes.size() - 1);
    assertThat(last.judgement().reason())
        .startsWith("not played, since the first 3 were all blocked: no leader was elected");
  }

  @Test
  void all_is_played_where_that_is_not_asked_for() throws Exception {
    play(new SimWorld(IdleNode::new), false);
    assertThat(outcomes).noneMatch(RunOutcome::wasNotPlayed);
  }

  @Test
  void all_is_played_where_one_of_the_first_is_not_blocked() throws Exception {
    play(new SimWorld(RaftNode::new), true);
    assertThat(outcomes).noneMatch(RunOutcome::wasNotPlayed);
    assertThat(outcomes).extracting(RunOutcome::status).containsOnly(Status.PASS);
  }
}
