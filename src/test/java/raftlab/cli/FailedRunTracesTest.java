package raftlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.explain.LikelyCause.Certainty;
import raftlab.run.RunOutcome;
import raftlab.suite.StyledBug;
import raftlab.suite.StyledRuns;
import raftlab.trace.Trace;

class FailedRunTracesTest {
  @TempDir private Path folder;

  private void write(StyledBug replica, RunOutcome run) throws Exception {
    FailedRunTraces traces = FailedRunTraces.ofWrong(folder, replica);
    traces.accept(run, new Trace(run.played()));
    traces.throwWriteError();
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
