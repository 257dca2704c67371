package raftlab.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.cluster.sim.SimWorld;
import raftlab.judge.check.Verdict.Status;
import raftlab.replica.ReplicaOptions;
import raftlab.run.RunOutcome;
import raftlab.run.ScenarioRunner;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;
import raftlab.trace.Trace;

/** The index of a suite lists all runs, and leads to the pages of those that did not pass. */
class SuitePagesTest {
  @TempDir private Path folder;

  private static RunOutcome play(SuitePages pages, String scenarioFile, long seed)
      throws ScenarioException {
    Scenario scenario = ScenarioReader.read(Path.of("configs", scenarioFile + ".json"));
    SimWorld world =
        new SimWorld(ReplicaOptions.parse(List.of("--bug", "votes-for-old-log")).nodeFactory());
    Trace trace = new ScenarioRunner(scenario, world, seed).play();
    RunOutcome outcome = RunOutcome.of(scenario, trace, 0);
    pages.accept(outcome, trace);
    return outcome;
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void a_run_that_passed_has_a_row_and_one_that_failed_a_page_too() throws Exception {
    SuitePages pages = new SuitePages(folder);
    RunOutcome passed = play(pages, "probe/odd-keys", 1);
    RunOutcome failed = play(pages, "probe/ok-then-kill", 1);
    assertThat(passed.status()).isEqualTo(Status.PASS);
    assertThat(failed.status()).isEqualTo(Status.FAIL);

    String index = Files.readString(pages.finish("probe", List.of(passed, failed)));

    assertThat(files()).containsExactly("index.html", "probe-ok-then-kill-1.html");
    assertThat(pages.pageOf(passed)).isNull();
    assertThat(pages.pageOf(failed)).isEqualTo(folder.resolve("probe-ok-then-kill-1.html"));
    assertThat(index)
        .contains("href=\"probe-ok-then-kill-1.html\"")
        .contains("odd-keys")
        .contains("1 of 2 passed")
        .contains("class=\"leads\"");
  }

  @Test
  void only_the_first_runs_of_a_cause_have_pages() throws Exception {
    SuitePages pages = new SuitePages(folder);
    List<RunOutcome> outcomes = new ArrayList<>();
    for (long seed = 1; seed <= 8; seed++) {
      outcomes.add(play(pages, "probe/ok-then-kill", seed));
    }
    pages.finish("probe", outcomes);

    long failed = outcomes.stream().filter(each -> each.status() == Status.FAIL).count();
    assertThat(failed).isGreaterThan(3);
    assertThat(files().size() - 1).isBetween(1, (int) failed - 1);
  }

  @Test
  void pages_of_an_earlier_suite_are_deleted_and_no_others() throws Exception {
    Files.writeString(folder.resolve("mine.html"), "not of a suite");
    SuitePages first = new SuitePages(folder);
    RunOutcome failed = play(first, "probe/ok-then-kill", 1);
    first.finish("probe", List.of(failed));

    SuitePages second = new SuitePages(folder);
    second.finish("probe", List.of(play(second, "probe/odd-keys", 1)));

    assertThat(files()).containsExactly("index.html", "mine.html");
  }
}
