package raftlab.grade;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.grade.TeamGrade.GradingStatus;
import raftlab.handin.BuildResult;
import raftlab.handin.HandIn;
import raftlab.run.RunOutcome;
import raftlab.run.ScenarioRunner;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.trace.TraceHeader;
import raftlab.wire.Id;

class TeamFeedbackTest {
  @TempDir private Path root;

  private String feedback(Event... events) throws IOException, ScenarioException {
    GradingSettings settings = SmallSuite.settings(root);
    List<ScenarioGrade> grades = new ArrayList<>();
    for (Scenario scenario : settings.suite().scenarios()) {
      List<Id> replicas = ScenarioRunner.replicas(20);
      Trace trace =
          new Trace(
              new TraceHeader(
                  scenario.name(),
                  "{}",
                  "process",
                  42,
                  List.of("handin/t/4700kvstore"),
                  replicas,
                  List.of()));
      List.of(events).forEach(trace::add);
      grades.add(ScenarioGrade.of(RunOutcome.of(scenario, trace, 1)));
    }
    HandIn handIn = new HandIn("t", Path.of("handin/t"), "t");
    BuildResult build = new BuildResult(BuildResult.BuildStatus.DONE, 0, 0.2, List.of("not shown"));
    TeamGrade grade =
        new TeamGrade(
            handIn,
            GradingStatus.GRADED,
            "",
            List.of("x: it is odd"),
            Optional.of(build),
            grades,
            3);
    return String.join("\n", TeamFeedback.of(grade, settings));
  }

  @Test
  void a_failure_comes_with_requirement_evidence_seed_and_command() throws Exception {
    String text =
        feedback(
            new Event.Exited(1_500_000, Id.of(1), 3, List.of("line one", "line two")),
            new Event.Ended(1_600_000, Event.EndReason.NOT_STARTED));
    assertThat(text)
        .contains("Build\n  x: it is odd", "0.2 s")
        .contains(
            "see below: died",
            "    died  no replica exits unless it is killed: replica 0001 exited")
        .contains(
            "1.500 s  replica 0001 exited unexpectedly with exit code 3\n        | line one\n        | line two")
        .contains("seed 42; to play it again:")
        .contains("--replica handin/t/4700kvstore --seed 42")
        .doesNotContain("not shown");
  }

  @Test
  void the_same_remark_on_several_scenarios_is_made_once() throws Exception {
    String text =
        feedback(
            new Event.Exited(0, Id.of(1), 3, List.of()),
            new Event.Ended(1, Event.EndReason.NOT_STARTED));
    assertThat(text)
        .containsOnlyOnce("ended early")
        .contains("  a-1, a-2, a-3: the run was ended early");
  }

  @Test
  void long_evidence_is_cut() throws Exception {
    Event[] events = new Event[21];
    for (int i = 0; i < 20; i++) {
      events[i] = new Event.NeverReady(i, Id.of(i), 20_000);
    }
    events[20] = new Event.Ended(20, Event.EndReason.NOT_STARTED);
    assertThat(feedback(events))
        .contains("replica 000B did not", "... and 8 more")
        .doesNotContain("replica 000C did");
  }

  @Test
  void what_a_program_printed_controls_no_terminal_and_shows_the_teams_own_paths()
      throws Exception {
    String words = "\u001b[2J\"/tmp/raftlab-grade-123/handin-4/4700kvstore\", line 7\u0000";
    String text =
        feedback(
            new Event.Exited(0, Id.of(1), 3, List.of(words)),
            new Event.Ended(1, Event.EndReason.NOT_STARTED));
    assertThat(text)
        .contains("| ·[2J\"./4700kvstore\", line 7·")
        .doesNotContain("\u001b", "\u0000");
  }
}
