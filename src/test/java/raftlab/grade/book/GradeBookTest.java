package raftlab.grade.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.grade.StoredGrading;
import raftlab.grade.store.Fault;
import raftlab.grade.store.FaultRecord;
import raftlab.grade.store.GradingFolder;
import raftlab.grade.store.HandInStatus;
import raftlab.grade.store.ScenarioRecord;
import raftlab.grade.store.TeamRecord;
import raftlab.judge.check.Verdict.Status;
import raftlab.scenario.ScenarioException;

class GradeBookTest {
  @TempDir private Path root;

  private GradingFolder folder(int repeats) throws IOException, ScenarioException {
    GradingFolder folder = StoredGrading.create(root, repeats, "t");
    folder.write(team(folder), StoredGrading.ready("t"));
    return folder;
  }

  private static TeamRecord team(GradingFolder folder) {
    return folder.grading().teams().get(0);
  }

  private static void add(GradingFolder folder, int scenario, Status... results)
      throws IOException {
    ScenarioRecord its = folder.grading().scenarios().get(scenario);
    for (int i = 0; i < results.length; i++) {
      folder.write(team(folder), StoredGrading.run(its, i, results[i]));
    }
  }

  private static TeamGrade grade(GradingFolder folder, Rubric rubric) {
    return GradeBook.of(folder, rubric).teams().get(0);
  }

  private static Rubric rubric(RepeatPolicy policy) {
    return new Rubric(
        "", policy, Visibility.VISIBLE, Map.of(), Map.of(), List.of(), Optional.empty());
  }

  @Test
  void each_scenario_gives_its_points_or_one_and_what_is_not_played_is_open() throws Exception {
    GradingFolder folder = folder(1);
    add(folder, 0, Status.PASS);
    add(folder, 1, Status.FAIL);
    TeamGrade grade = grade(folder, Rubric.DEFAULT);
    assertThat(grade.status()).isEqualTo(TeamStatus.PARTIAL);
    assertThat(grade.points()).isEqualTo(1);
    assertThat(grade.max()).isEqualTo(2);
    assertThat(grade.open()).isEqualTo(1);
    assertThat(grade.scenarios())
        .extracting(ScenarioGrade::mark)
        .containsExactly(Mark.PASS, Mark.FAIL, Mark.OPEN);
    add(folder, 2, Status.BLOCKED);
    assertThat(grade(folder, Rubric.DEFAULT).status()).isEqualTo(TeamStatus.GRADED);
    assertThat(grade(folder, Rubric.DEFAULT).scenarios().get(2).mark()).isEqualTo(Mark.BLOCKED);
  }

  @Test
  void what_the_machine_spoiled_costs_no_points_and_is_listed_apart() throws Exception {
    GradingFolder folder = folder(2);
    add(folder, 0, Status.PASS, Status.UNKNOWN);
    add(folder, 1, Status.UNKNOWN, Status.UNKNOWN);
    add(folder, 2, Status.FAIL, Status.FAIL);
    GradeBook book = GradeBook.of(folder, Rubric.DEFAULT);
    TeamGrade grade = book.teams().get(0);
    assertThat(grade.scenarios())
        .extracting(ScenarioGrade::mark)
        .containsExactly(Mark.PASS, Mark.UNKNOWN, Mark.FAIL);
    assertThat(grade.points()).isEqualTo(1);
    assertThat(grade.max()).isEqualTo(2);
    assertThat(grade.open()).isEqualTo(1);
    assertThat(book.excused()).hasSize(3);
    assertThat(book.hasOpen()).isTrue();
    assertThat(book.hasExcused(Fault.MACHINE)).isTrue();
    assertThat(book.hasExcused(Fault.KIT)).isFalse();
  }

  @Test
  void a_flaky_hand_in_gets_its_rate_and_the_points_by_the_policy() throws Exception {
    GradingFolder folder = folder(3);
    add(folder, 0, Status.PASS, Status.FAIL, Status.PASS);
    add(folder, 1, Status.FAIL, Status.FAIL, Status.PASS);
    add(folder, 2, Status.PASS, Status.PASS, Status.PASS);
    ScenarioGrade flaky = grade(folder, Rubric.DEFAULT).scenarios().get(0);
    assertThat(flaky.mark()).isEqualTo(Mark.FLAKY);
    assertThat(flaky.rate().passes()).isEqualTo(2);
    assertThat(flaky.rate().runs()).isEqualTo(3);
    assertThat(flaky.decisive().orElseThrow().repetition()).isEqualTo(1);
    assertThat(grade(folder, rubric(RepeatPolicy.BEST)).points()).isEqualTo(3);
    assertThat(grade(folder, rubric(RepeatPolicy.WORST)).points()).isEqualTo(1);
    assertThat(grade(folder, rubric(RepeatPolicy.MEAN)).points()).isEqualTo(2);
    assertThat(grade(folder, rubric(RepeatPolicy.MAJORITY)).points()).isEqualTo(2);
  }

  @Test
  void a_hand_in_without_a_program_loses_all_points_unless_the_machine_is_to_blame()
      throws Exception {
    GradingFolder folder = folder(1);
    FaultRecord its = FaultRecord.of(Fault.SUBMISSION, "make failed");
    folder.write(team(folder), StoredGrading.handIn("t", HandInStatus.NOT_BUILT, its));
    TeamGrade broken = grade(folder, Rubric.DEFAULT);
    assertThat(broken.status()).isEqualTo(TeamStatus.NOT_BUILT);
    assertThat(broken.max()).isEqualTo(3);
    assertThat(broken.scenarios()).extracting(ScenarioGrade::mark).containsOnly(Mark.NONE);

    FaultRecord disk = FaultRecord.of(Fault.MACHINE, "No space left on device");
    folder.write(team(folder), StoredGrading.handIn("t", HandInStatus.NOT_GRADED, disk));
    GradeBook book = GradeBook.of(folder, Rubric.DEFAULT);
    assertThat(book.teams().get(0).status()).isEqualTo(TeamStatus.MACHINE_FAILED);
    assertThat(book.teams().get(0).max()).isZero();
    assertThat(book.teams().get(0).open()).isEqualTo(3);
    assertThat(book.excused()).hasSize(1);
  }

  @Test
  void replicas_that_never_start_fail_what_was_not_played() throws Exception {
    GradingFolder folder = folder(1);
    add(folder, 0, Status.FAIL);
    FaultRecord its = FaultRecord.of(Fault.SUBMISSION, "no hello");
    folder.write(team(folder), StoredGrading.handIn("t", HandInStatus.NEVER_STARTED, its));
    TeamGrade grade = grade(folder, Rubric.DEFAULT);
    assertThat(grade.status()).isEqualTo(TeamStatus.NEVER_STARTED);
    assertThat(grade.scenarios()).extracting(ScenarioGrade::mark).containsOnly(Mark.FAIL);
    assertThat(grade.max()).isEqualTo(3);
  }

  @Test
  void a_rubric_sets_the_points_of_scenarios_and_of_whole_suites() throws Exception {
    GradingFolder folder = folder(1);
    add(folder, 0, Status.PASS);
    add(folder, 1, Status.FAIL);
    add(folder, 2, Status.FAIL);
    Rubric.Rule heavy = new Rubric.Rule(OptionalDouble.of(3), Optional.of(Visibility.HIDDEN));
    Rubric.Rule whole = new Rubric.Rule(OptionalDouble.of(50), Optional.empty());
    Rubric rubric =
        new Rubric(
            "",
            RepeatPolicy.MEAN,
            Visibility.VISIBLE,
            Map.of("short", whole),
            Map.of("a-1", heavy),
            List.of(),
            Optional.empty());
    TeamGrade grade = grade(folder, rubric);
    assertThat(grade.points()).isEqualTo(30);
    assertThat(grade.max()).isEqualTo(50);
    assertThat(grade.scenarios())
        .extracting(ScenarioGrade::visibility)
        .containsExactly(Visibility.HIDDEN, Visibility.VISIBLE, Visibility.VISIBLE);
  }

  @Test
  void handing_in_late_costs_a_part_of_the_earned_points() throws Exception {
    GradingFolder folder = folder(1);
    add(folder, 0, Status.PASS);
    add(folder, 1, Status.PASS);
    LatePolicy policy = new LatePolicy(Instant.parse("2026-01-01T09:00:00Z"), 10, 20, 50, Map.of());
    TeamGrade late = grade(folder, Rubric.DEFAULT.with(policy));
    assertThat(late.late().percent()).isEqualTo(40);
    assertThat(late.late().minutes()).isEqualTo(25 * 60);
    assertThat(late.earned()).isEqualTo(2);
    assertThat(late.points()).isEqualTo(1.2);

    LatePolicy extended =
        new LatePolicy(
            Instant.parse("2026-01-01T09:00:00Z"),
            10,
            20,
            50,
            Map.of("t", Instant.parse("2026-01-02T09:55:00Z")));
    assertThat(grade(folder, Rubric.DEFAULT.with(extended)).late().percent()).isZero();
  }
}
