package raftlab.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import raftlab.bugs.BugCatalogue;
import raftlab.bugs.BuggyNodeFactory;
import raftlab.cluster.sim.SimWorld;
import raftlab.raft.RaftSettings;
import raftlab.run.FailingWorld;
import raftlab.run.RunOutcome;
import raftlab.scenario.ScenarioException;

class BugHuntTest {
  private static final SimWorld WORLD =
      new SimWorld(
          BuggyNodeFactory.of(BugCatalogue.find("acks-before-commit"), RaftSettings.DEFAULT));

  private static List<SuiteRunner.Task> tasks() throws ScenarioException {
    Suite probe = SuiteReader.read("probe", Path.of("configs"));
    return SuiteRunner.tasks(List.of(probe), 1, 1, false).subList(0, 3);
  }

  @Test
  void a_hunt_ends_with_the_first_run_that_fails() throws Exception {
    BugHunt.BugHuntResult result = new BugHunt(1, 1, 1e9, 0).play(WORLD, tasks());
    assertThat(result.caught()).hasSize(1);
    assertThat(result.runs()).isLessThanOrEqualTo(2);
  }

  @Test
  void a_hunt_ends_when_enough_different_scenarios_have_failed() throws Exception {
    List<SuiteRunner.Task> tasks = new ArrayList<>();
    for (int repetition = 0; repetition < 5; repetition++) {
      tasks.add(new SuiteRunner.Task(tasks().get(0).scenario(), repetition, 1 + repetition));
    }
    tasks.addAll(tasks().subList(1, 3));
    BugHunt.BugHuntResult result = new BugHunt(1, 2, 1e9, 0).play(WORLD, tasks);
    assertThat(result.caught())
        .map(RunOutcome::scenario)
        .last()
        .isNotEqualTo(tasks.get(0).scenario());
    assertThat(Set.copyOf(result.caught().stream().map(RunOutcome::scenario).toList())).hasSize(2);
  }

  @Test
  void a_hunt_for_all_plays_everything() throws Exception {
    BugHunt.BugHuntResult result = new BugHunt(1, BugHunt.ALL, 1e9, 0).play(WORLD, tasks());
    assertThat(result.runs()).isEqualTo(3);
    assertThat(result.caught()).isNotEmpty();
    assertThat(result.unknown()).isEmpty();
  }

  @Test
  void a_hunt_that_was_stopped_before_plays_nothing() throws Exception {
    BugHunt hunt = new BugHunt(1, 1, 1e9, 0);
    hunt.stop();
    assertThat(hunt.play(WORLD, tasks()).runs()).isZero();
  }

  @Test
  void a_run_that_the_kit_fails_to_play_is_unknown_and_the_hunt_goes_on() throws Exception {
    FailingWorld world = new FailingWorld(WORLD, seed -> seed == 1);
    List<SuiteRunner.Task> tasks = new ArrayList<>();
    for (SuiteRunner.Task task : tasks()) {
      tasks.add(new SuiteRunner.Task(task.scenario(), 0, tasks.size() + 1L));
    }
    BugHunt.BugHuntResult result = new BugHunt(1, BugHunt.ALL, 1e9, 0).play(world, tasks);
    assertThat(result.runs()).isEqualTo(2);
    assertThat(result.unknown())
        .singleElement()
        .extracting(outcome -> outcome.played().seed())
        .isEqualTo(1L);
  }
}
