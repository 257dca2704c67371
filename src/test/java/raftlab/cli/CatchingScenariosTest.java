package raftlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.bugs.Bug;
import raftlab.bugs.BugCatalogue;
import raftlab.judge.check.Verdict.Status;
import raftlab.judge.invariant.CheckName;
import raftlab.run.RunOutcome;
import raftlab.run.findings.TestOutcomes;
import raftlab.scenario.Scenario;
import raftlab.scenario.file.ScenarioReader;
import raftlab.suite.BugHunt;
import raftlab.suite.SuiteRunner.Task;

/** The scenarios that catch a bug in the reference replica are played against the styles. */
class CatchingScenariosTest {
  private final CatchingScenarios catching = new CatchingScenarios();

  private void caught(String bug, String... scenarios) throws Exception {
    List<RunOutcome> runs = new ArrayList<>();
    for (String name : scenarios) {
      Scenario scenario =
          ScenarioReader.read(
              name, "{\"lifetime\": 5, \"start_wait\": 1, \"replicas\": 3, \"requests\": 5}");
      runs.add(
          TestOutcomes.outcome(
                  runs.size() + 1L,
                  Status.FAIL,
                  TestOutcomes.verdict(CheckName.LIMITS, Status.FAIL, "a reason"))
              .of(scenario));
    }
    Bug planted = BugCatalogue.find(bug);
    catching.add(
        planted,
        new BugHunt.BugHuntResult(runs, List.of(), List.of(), List.of(), runs.size(), 1, 1));
  }

  private List<String> namesFor(String bug) {
    return names(catching.of(bug));
  }

  private static List<String> names(List<Task> runs) {
    return runs.stream().map(run -> run.scenario().name()).toList();
  }

  @Test
  void a_bug_has_the_first_three_scenarios_with_the_seeds_that_caught_it() throws Exception {
    caught("votes-twice", "a", "b", "a", "c", "d");
    assertThat(namesFor("votes-twice")).containsExactly("a", "b", "c");
    assertThat(catching.of("votes-twice")).map(Task::seed).containsExactly(1L, 2L, 4L);
  }

  @Test
  void an_unknown_bug_or_one_that_nothing_caught_has_those_that_catch_most_others()
      throws Exception {
    caught("votes-twice", "a", "b", "c");
    caught("elected-by-half", "d", "c", "b");
    caught("leader-stays", "c");
    caught("forgets-log");
    assertThat(namesFor("forgets-log")).containsExactly("c", "b", "a");
    assertThat(namesFor("answers-twice")).containsExactly("c", "b", "a");
    assertThat(names(catching.all())).containsExactly("c", "b", "a", "d");
  }

  @Test
  void without_any_catch_there_is_no_run() {
    assertThat(catching.of("votes-twice")).isEmpty();
    assertThat(catching.all()).isEmpty();
  }
}
