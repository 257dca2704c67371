package raftlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.explain.LikelyCause.Certainty;
import raftlab.run.RunOutcome;
import raftlab.scenario.Scenario;
import raftlab.scenario.file.ScenarioReader;
import raftlab.suite.StyledBug;
import raftlab.suite.StyledRuns;
import raftlab.trace.Trace;
import raftlab.trace.TraceHeader;

class FailedRunTracesTest {
  @TempDir private Path folder;

  private void write(StyledBug replica, RunOutcome run) throws Exception {
    FailedRunTraces traces = FailedRunTraces.ofWrong(folder, replica);
    traces.accept(run, new Trace(run.played()));
    traces.throwWriteError();
  }

  private static Scenario scenario(String suite) throws Exception {
    return ScenarioReader.read(
        suite + "/small.json", "{\"lifetime\": 5, \"replicas\": 3, \"requests\": 5}");
  }

  private void writeAll(Scenario... scenarios) throws Exception {
    FailedRunTraces traces = FailedRunTraces.ofSuites(folder, new TraceNames(List.of(scenarios)));
    for (Scenario scenario : scenarios) {
      TraceHeader header = StyledRuns.failed("x", Certainty.LIKELY).played();
      RunOutcome unknown =
          RunOutcome.ofKitFailure(scenario, header, new IllegalStateException("x"), 1);
      traces.accept(unknown, new Trace(header));
    }
    traces.throwWriteError();
  }

  @Test
  void runs_that_prove_nothing_are_kept_and_those_that_passed_are_not() throws Exception {
    writeAll(scenario("election"));
    FailedRunTraces.ofSuites(folder, new TraceNames(List.of()))
        .accept(
            StyledRuns.suspected("forgets-log"),
            new Trace(StyledRuns.suspected("forgets-log").played()));
    assertThat(folder.toFile().list()).containsExactly("small-1.jsonl");
  }

  @Test
  void scenarios_of_one_name_in_two_suites_have_files_of_their_own() throws Exception {
    writeAll(scenario("election"), scenario("probe"), scenario("more/probe"));
    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder(
            "election-small-1.jsonl", "probe-small-1.jsonl", "probe-small-2-1.jsonl");
  }

  @Test
  void only_runs_with_a_false_cause_are_written_and_named_after_style_and_bug() throws Exception {
    write(StyledBug.of("echo", "votes-twice"), StyledRuns.failed("votes-twice", Certainty.CERTAIN));
    write(StyledBug.of("echo", "votes-twice"), StyledRuns.suspected("forgets-log"));
    write(StyledBug.of("paper", "none"), StyledRuns.failed("lost-write", Certainty.USUAL));
    assertThat(List.of(folder.toFile().list()))
        .containsExactlyInAnyOrder("echo-votes-twice-small-1.jsonl", "paper-none-small-1.jsonl");
  }
}
