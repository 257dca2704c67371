package raftlab.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.cluster.sim.SimWorld;
import raftlab.judge.Verdict.Status;
import raftlab.raft.RaftNode;
import raftlab.run.FailingWorld;
import raftlab.run.Outcome;
import raftlab.run.SmallScenario;
import raftlab.scenario.Scenario;
import raftlab.suite.SuiteRun.Task;

class SuiteRunTest {
  private final List<Task> begun = new ArrayList<>();
  private final List<Task> ended = new ArrayList<>();
  private final List<Long> seeds = new ArrayList<>();
  private SuiteRun run;

  /** Notes what is told, and stops everything when so many runs have begun. */
  private SuiteRun stoppingAt(int count) {
    run =
        new SuiteRun(
            new SimWorld(RaftNode::new),
            1,
            new SuiteRun.Listener() {
              @Override
              public void began(Task task) {
                begun.add(task);
                if (begun.size() == count) {
                  run.stop();
                }
              }

              @Override
              public void ended(Task task, Outcome outcome) {
                ended.add(task);
              }
            });
    return run;
  }

  private static List<Task> tasks(int count) {
    Scenario scenario = SmallScenario.with("");
    Suite suite = new Suite("one", "", List.of(new Suite.Group("", List.of(scenario))));
    return SuiteRun.tasks(List.of(suite), count, 1, true);
  }

  private void take(Outcome outcome) {
    assertThat(outcome.status()).isEqualTo(Status.PASS);
    seeds.add(outcome.played().seed());
  }

  @Test
  void outcomes_come_in_the_tasks_order() throws InterruptedException {
    assertThat(stoppingAt(-1).play(tasks(3), this::take)).isTrue();
    assertThat(seeds).containsExactly(1L, 2L, 3L);
  }

  @Test
  void what_was_played_before_a_stop_is_told_and_what_was_under_way_is_not()
      throws InterruptedException {
    assertThat(stoppingAt(3).play(tasks(5), this::take)).isFalse();
    assertThat(seeds).containsExactly(1L, 2L);
    assertThat(ended).hasSize(2);
    assertThat(begun).hasSize(3);
  }

  @Test
  void a_run_that_the_kit_fails_to_play_is_unknown_and_the_others_are_played()
      throws InterruptedException {
    List<Outcome> outcomes = new ArrayList<>();
    SuiteRun suite =
        new SuiteRun(
            new FailingWorld(new SimWorld(RaftNode::new), seed -> seed % 2 == 1),
            1,
            new SuiteRun.Listener() {
              @Override
              public void began(Task task) {
                begun.add(task);
              }

              @Override
              public void ended(Task task, Outcome outcome) {
                ended.add(task);
              }
            });
    assertThat(suite.play(tasks(4), outcomes::add)).isTrue();
    assertThat(outcomes)
        .extracting(Outcome::status)
        .containsExactly(Status.UNKNOWN, Status.PASS, Status.UNKNOWN, Status.PASS);
    assertThat(outcomes.get(0).judgement().why())
        .startsWith("the kit failed: java.lang.IllegalStateException: a bug, at raftlab.");
    assertThat(outcomes.get(0).judgement().wasOverloaded()).isFalse();
    assertThat(ended).isEqualTo(begun).hasSize(4);
  }
}
