package raftlab.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.cluster.sim.SimWorld;
import raftlab.judge.check.Verdict.Status;
import raftlab.raft.RaftNode;
import raftlab.run.FailingWorld;
import raftlab.run.RunOutcome;
import raftlab.run.SmallScenario;
import raftlab.scenario.Scenario;
import raftlab.suite.SuiteRunner.Task;

class SuiteRunnerTest {
  private final List<Task> begun = new ArrayList<>();
  private final List<Task> ended = new ArrayList<>();
  private final List<Long> seeds = new ArrayList<>();
  private SuiteRunner run;

  /** Records the reported outcomes, and stops the suite when a number of runs have started. */
  private SuiteRunner stoppingAt(int count) {
    run =
        new SuiteRunner(
            new SimWorld(RaftNode::new),
            1,
            new SuiteRunner.SuiteListener() {
              @Override
              public void began(Task task) {
                begun.add(task);
                if (begun.size() == count) {
                  run.stop();
                }
              }

              @Override
              public void ended(Task task, RunOutcome outcome) {
                ended.add(task);
              }
            });
    return run;
  }

  private static List<Task> tasks(int count) {
    Scenario scenario = SmallScenario.with("");
    Suite suite = new Suite("one", "", List.of(new Suite.Group("", List.of(scenario))));
    return SuiteRunner.tasks(List.of(suite), count, 1, true);
  }

  private void take(RunOutcome outcome) {
    assertThat(outcome.status()).isEqualTo(Status.PASS);
    seeds.add(outcome.played().seed());
  }

  @Test
  void outcomes_come_in_the_tasks_order() throws InterruptedException {
    assertThat(stoppingAt(-1).play(tasks(3), this::take)).isTrue();
    assertThat(seeds).containsExactly(1L, 2L, 3L);
  }

  @Test
  void runs_that_ended_before_a_stop_are_reported_and_those_under_way_are_not()
      throws InterruptedException {
    assertThat(stoppingAt(3).play(tasks(5), this::take)).isFalse();
    assertThat(seeds).containsExactly(1L, 2L);
    assertThat(ended).hasSize(2);
    assertThat(begun).hasSize(3);
  }

  @Test
  void a_run_that_the_kit_fails_to_play_is_unknown_and_the_others_are_played()
      throws InterruptedException {
    List<RunOutcome> outcomes = new ArrayList<>();
    SuiteRunner suite =
        new SuiteRunner(
            new FailingWorld(new SimWorld(RaftNode::new), seed -> seed % 2 == 1),
            1,
            new SuiteRunner.SuiteListener() {
              @Override
              public void began(Task task) {
                begun.add(task);
              }

              @Override
              public void ended(Task task, RunOutcome outcome) {
                ended.add(task);
              }
            });
    assertThat(suite.play(tasks(4), outcomes::add)).isTrue();
    assertThat(outcomes)
        .extracting(RunOutcome::status)
        .containsExactly(Status.UNKNOWN, Status.PASS, Status.UNKNOWN, Status.PASS);
    assertThat(outcomes.get(0).judgement().reason())
        .startsWith("the kit failed: java.lang.IllegalStateException: a bug, at raftlab.");
    assertThat(outcomes.get(0).judgement().wasOverloaded()).isFalse();
    assertThat(ended).isEqualTo(begun).hasSize(4);
  }
}
