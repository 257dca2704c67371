package raftlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.grade.StoredGrading;
import raftlab.grade.store.GradingFolder;
import raftlab.grade.store.ScenarioRecord;
import raftlab.grade.store.TeamRecord;
import raftlab.judge.check.Verdict.Status;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** The commands that read the results of a grading: regrade, grade merge, grade compare. */
class GradingResultsCommandsTest {
  @TempDir private Path root;
  private String out = "";
  private String err = "";

  private int run(String... words) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    PrintStream usualOut = System.out;
    PrintStream usualErr = System.err;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    try {
      return RaftlabCommand.run(words);
    } finally {
      System.setOut(usualOut);
      System.setErr(usualErr);
      out = printed.toString(StandardCharsets.UTF_8);
      err = errors.toString(StandardCharsets.UTF_8);
    }
  }

  /** Two teams: of the first, each trace shows an exit; of the second, all runs passed. */
  private GradingFolder store(String name) throws Exception {
    GradingFolder folder = StoredGrading.create(root.resolve(name), 1, "exits", "fine");
    for (TeamRecord team : folder.grading().teams()) {
      folder.write(team, StoredGrading.ready(team.team()));
      for (ScenarioRecord scenario : folder.grading().scenarios()) {
        if (team.team().equals("fine")) {
          folder.write(team, StoredGrading.run(scenario, 0, Status.PASS));
        } else {
          StoredGrading.record(
              folder,
              team,
              scenario,
              new Event.Exited(0, Id.of(1), 3, List.of()),
              new Event.Ended(1, Event.EndReason.NOT_STARTED));
        }
      }
    }
    return folder;
  }

  private String file(String name, String text) throws Exception {
    return Files.writeString(root.resolve(name), text).toString();
  }

  @Test
  void judging_again_prints_which_grades_change_and_names_runs_without_a_trace() throws Exception {
    GradingFolder folder = store("a");
    ScenarioRecord first = folder.grading().scenarios().get(0);
    TeamRecord team = folder.grading().teams().get(0);
    folder.write(team, StoredGrading.run(first, 0, Status.PASS, "a-1-7.trace.gz"));

    assertThat(run("regrade", folder.path().toString())).isEqualTo(3);
    assertThat(out)
        .contains("exits", "1 of 3 -> 0 of 3", "a-1", "PASS -> FAIL (died)")
        .contains("1 team changed, 1 did not.", "3 runs judged again", "1 records changed")
        .contains("results are kept: 3", "fine, a-1-7: there is no trace");
    assertThat(folder.file("grades.csv")).content().contains("exits,graded,0,3,0,FAIL,");
    assertThat(run("regrade", folder.path().toString())).isEqualTo(3);
    assertThat(out).contains("0 teams changed", "0 records changed");
  }

  @Test
  void another_rubric_changes_points_and_is_kept() throws Exception {
    GradingFolder folder = store("a");
    String rubric = file("r.json", "{\"scenarios\": [{\"scenario\": \"a-2\", \"points\": 5}]}");
    run("regrade", "--rubric", rubric, folder.path().toString());
    assertThat(out).contains("fine", "3 of 3 -> 7 of 7", "1 of 1 -> 5 of 5 points");
    assertThat(folder.file("grades.csv")).content().contains("fine,graded,7,7,0,PASS,");
    assertThat(GradingFolder.open(folder.path()).grading().policy().rubric()).contains("a-2");

    String late = file("late.json", "{\"due\": \"2026-01-01T09:00:00Z\"}");
    String times = file("times.csv", "fine,2026-01-01T09:30:00Z\nexits,2026-01-01T08:30:00Z\n");
    run("regrade", "--late-policy", late, "--submitted", times, folder.path().toString());
    assertThat(out).contains("7 of 7 -> 6.3 of 7", "late: 0 % -> 10 % taken off");
    assertThat(out).contains("1 team changed, 1 did not.");
  }

  @Test
  void points_can_be_counted_again_without_judging() throws Exception {
    GradingFolder folder = store("a");
    ScenarioRecord first = folder.grading().scenarios().get(0);
    TeamRecord team = folder.grading().teams().get(0);
    folder.write(team, StoredGrading.run(first, 0, Status.PASS, "a-1-7.trace.gz"));
    String rubric = file("r.json", "{\"suites\": [{\"suite\": \"short\", \"points\": 6}]}");
    assertThat(run("regrade", "--points-only", "--rubric", rubric, folder.path().toString()))
        .isZero();
    assertThat(out).contains("exits", "1 of 3 -> 2 of 6", "0 runs judged again");
  }

  @Test
  void mistakes_in_a_rubric_change_nothing() throws Exception {
    GradingFolder folder = store("a");
    String rubric = file("r.json", "{\n\"repeat_polcy\": \"best\"}");
    assertThat(run("regrade", "--rubric", rubric, folder.path().toString())).isEqualTo(2);
    assertThat(err).contains(rubric + ":2:1:", "did you mean \"repeat_policy\"?");
    assertThat(GradingFolder.open(folder.path()).grading()).isEqualTo(folder.grading());
    assertThat(run("regrade", root.toString())).isEqualTo(2);
    assertThat(err).contains("found no grading.json");
  }

  @Test
  void two_gradings_are_compared_with_causes() throws Exception {
    GradingFolder a = store("a");
    GradingFolder b = store("b");
    assertThat(run("grade", "compare", a.path().toString(), b.path().toString())).isZero();
    assertThat(out).contains("0 teams changed, 2 did not.");
    b.write(
        b.grading().teams().get(1),
        StoredGrading.run(b.grading().scenarios().get(2), 0, Status.FAIL));
    assertThat(run("grade", "compare", a.path().toString(), b.path().toString())).isEqualTo(1);
    assertThat(out).contains("fine", "3 of 3 -> 2 of 3", "PASS -> FAIL");
    String rubric = file("r.json", "{\"suites\": [{\"suite\": \"short\", \"points\": 6}]}");
    run("grade", "compare", "--rubric", rubric, a.path().toString(), a.path().toString());
    assertThat(out).contains("3 of 3 -> 6 of 6", "1 of 1 -> 2 of 2 points");
  }

  @Test
  void parts_are_merged_into_tables_of_all() throws Exception {
    GradingFolder a = store("a");
    String merged = root.resolve("all").toString();
    assertThat(run("grade", "merge", merged, a.path().toString())).isEqualTo(1);
    assertThat(out).contains("6 runs added; 2 of 2 teams have their final grade");
    assertThat(Path.of(merged, "grades.csv")).hasSameTextualContentAs(write(a).file("grades.csv"));
    assertThat(run("grade", "merge", merged, a.path().toString())).isEqualTo(1);
    assertThat(out).contains("0 runs added");
    assertThat(run("grade", "merge", merged)).isEqualTo(2);
  }

  /** Writes the tables of a folder. */
  private GradingFolder write(GradingFolder folder) {
    run("regrade", folder.path().toString());
    return folder;
  }

  @Test
  void a_part_needs_a_seed_and_a_number_in_range() throws Exception {
    Files.createDirectories(root.resolve("handin/team"));
    String handIns = root.resolve("handin").toString();
    String results = root.resolve("grades").toString();
    assertThat(run("grade", "--shard", "1/2", "--out", results, handIns)).isEqualTo(2);
    assertThat(err).contains("--shard without --seed");
    assertThat(run("grade", "--shard", "3/2", "--seed", "1", "--out", results, handIns))
        .isEqualTo(2);
    assertThat(err).contains("--shard 3/2");
    assertThat(root.resolve("grades")).doesNotExist();
    run("grade", "--shard", "2/2", "--seed", "1", "--out", results, handIns);
    assertThat(GradingFolder.open(Path.of(results)).grading().shard()).isEqualTo("2/2");
    assertThat(run("grade", "--shard", "1/2", "--resume", "--out", results, handIns)).isEqualTo(2);
    assertThat(err).contains("expected 2/2");
  }
}
