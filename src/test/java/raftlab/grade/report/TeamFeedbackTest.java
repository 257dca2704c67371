package raftlab.grade.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.grade.StoredGrading;
import raftlab.grade.book.GradeBook;
import raftlab.grade.book.RepeatPolicy;
import raftlab.grade.book.Rubric;
import raftlab.grade.book.Visibility;
import raftlab.grade.store.GradingFolder;
import raftlab.grade.store.ScenarioRecord;
import raftlab.grade.store.TeamRecord;
import raftlab.scenario.ScenarioException;
import raftlab.trace.Event;
import raftlab.wire.Id;

class TeamFeedbackTest {
  @TempDir private Path root;

  private String feedback(Event... events) throws IOException, ScenarioException {
    return feedback(Rubric.DEFAULT, events);
  }

  private String feedback(Rubric rubric, Event... events) throws IOException, ScenarioException {
    GradingFolder folder = StoredGrading.create(root, 1, "t");
    TeamRecord team = folder.grading().teams().get(0);
    folder.write(team, StoredGrading.ready("t"));
    for (ScenarioRecord scenario : folder.grading().scenarios()) {
      StoredGrading.record(folder, team, scenario, events);
    }
    GradeBook book = GradeBook.of(folder, rubric);
    return TeamFeedback.of(book, book.teams().get(0));
  }

  @Test
  void a_failure_comes_with_requirement_evidence_seed_and_command() throws Exception {
    String text =
        feedback(
            new Event.Exited(1_500_000, Id.of(1), 3, List.of("line one", "line two")),
            new Event.Ended(1_600_000, Event.EndReason.NOT_STARTED));
    assertThat(text)
        .startsWith("# t: 0 of 3 points\n")
        .contains("- x: it is odd", "0.2 s")
        .contains("| FAIL | 0 of 1 | a-1 | Short | failed: died")
        .contains("- `died`: no replica exits unless it is killed: replica 0001 exited")
        .contains(
            "1.500 s  replica 0001 exited unexpectedly with exit code 3\n"
                + "        | line one\n        | line two")
        .contains("Seed 7; to play it again:")
        .contains("--replica path/to/handin/t/4700kvstore --seed 7 evidence/a-1.json")
        .doesNotContain("    out");
  }

  @Test
  void the_same_remark_on_several_scenarios_is_made_once() throws Exception {
    String text =
        feedback(
            new Event.Exited(0, Id.of(1), 3, List.of()),
            new Event.Ended(1, Event.EndReason.NOT_STARTED));
    assertThat(text)
        .containsOnlyOnce("ended early")
        .contains("- a-1, a-2, a-3: the run was ended early");
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

  @Test
  void a_hidden_scenario_shows_neither_its_name_nor_its_checks_nor_how_to_play_it()
      throws Exception {
    Rubric hidden =
        new Rubric(
            "",
            RepeatPolicy.MEAN,
            Visibility.HIDDEN,
            Map.of(),
            Map.of(),
            List.of(),
            Optional.empty());
    String text =
        feedback(
            hidden,
            new Event.Exited(0, Id.of(1), 3, List.of("secret words")),
            new Event.Ended(1, Event.EndReason.NOT_STARTED));
    assertThat(text)
        .contains("| FAIL | 0 of 1 | (hidden) | Short |", "### FAIL Short")
        .doesNotContain("a-1", "secret words", "--seed", "died");
  }
}
