package raftlab.grade.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.grade.SmallSuite;
import raftlab.grade.StoredGrading;
import raftlab.grade.store.GradingRecord;
import raftlab.grade.store.PolicyRecord;
import raftlab.judge.check.PerformanceTier;
import raftlab.scenario.FileProblem;
import raftlab.scenario.PerformanceMetric;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.KeySpec;
import raftlab.scenario.file.SectionSpec;

class RubricFileTest {
  @TempDir private Path root;
  private GradingRecord grading;

  @BeforeEach
  void suite() throws Exception {
    grading = SmallSuite.grading(root, 1).withTeams(List.of(StoredGrading.team("t")));
  }

  private Rubric read(String text) throws ScenarioException {
    return RubricFile.read("rubric.json", text, grading);
  }

  private FileProblem problem(String text) {
    ScenarioException wrong = catchThrowableOfType(ScenarioException.class, () -> read(text));
    assertThat(wrong).isNotNull();
    assertThat(wrong.problems()).hasSize(1);
    return wrong.problems().get(0);
  }

  @Test
  void an_empty_rubric_is_the_default() throws Exception {
    assertThat(read("{}")).isEqualTo(Rubric.DEFAULT);
    assertThat(RubricFile.of(grading)).isEqualTo(Rubric.DEFAULT);
  }

  @Test
  void a_rubric_sets_points_visibility_tiers_and_late_penalties() throws Exception {
    Rubric rubric =
        read(
            """
            {
              "title": "Project 3",
              "repeat_policy": "majority",
              "visibility": "after_due_date",
              "suites": [{"suite": "short", "points": 60}],
              "scenarios": [{"scenario": "a-2", "points": 2.5, "visibility": "hidden"}],
              "tiers": [{"metric": "total_msgs", "bonus": 2, "full": 1, "partial": 0.5}],
              "late": {
                "due": "2026-11-20T23:59:00+01:00", "grace_minutes": 10, "percent_per_day": 20,
                "max_percent": 60, "extensions": [{"team": "t", "due": "2026-11-22T12:00Z"}]
              }
            }
            """);
    assertThat(rubric.title()).isEqualTo("Project 3");
    assertThat(rubric.repeatPolicy()).isEqualTo(RepeatPolicy.MAJORITY);
    assertThat(grading.scenarios().stream().map(rubric::visibility))
        .containsExactly(Visibility.AFTER_DUE_DATE, Visibility.HIDDEN, Visibility.AFTER_DUE_DATE);
    assertThat(rubric.suitePoints("short")).hasValue(60);
    assertThat(rubric.basePoints(grading.scenarios().get(1), 1)).isEqualTo(2.5);
    assertThat(rubric.tiers())
        .containsExactly(new TierPoints(PerformanceMetric.TOTAL_MSGS, 2, 1, 0.5, 0));
    assertThat(rubric.tiers().get(0).of(PerformanceTier.PARTIAL)).isEqualTo(0.5);
    LatePolicy late = rubric.late().orElseThrow();
    assertThat(late.due("other")).isEqualTo(Instant.parse("2026-11-20T22:59:00Z"));
    assertThat(late.due("t")).isEqualTo(Instant.parse("2026-11-22T12:00:00Z"));
    assertThat(late.penalty("other", Instant.parse("2026-11-20T23:09:00Z")).percent()).isZero();
    assertThat(late.penalty("other", Instant.parse("2026-11-20T23:10:00Z")).percent())
        .isEqualTo(20);
    assertThat(late.penalty("other", Instant.parse("2027-11-20T23:10:00Z")).percent())
        .isEqualTo(60);
  }

  @Test
  void a_late_policy_of_its_own_counts_instead_of_that_of_the_rubric() throws Exception {
    String policy = "{\"due\": \"2026-01-01T00:00:00Z\", \"percent_per_day\": 5}";
    GradingRecord both =
        grading.withPolicy(
            new PolicyRecord(
                "r.json", "{\"late\": {\"due\": \"2025-01-01T00:00:00Z\"}}", "late.json", policy));
    assertThat(RubricFile.of(both).late().orElseThrow().percentPerDay()).isEqualTo(5);
  }

  @Test
  void mistakes_are_named_with_their_place_and_the_nearest_word() {
    FileProblem key = problem("{\n  \"visibilty\": \"hidden\"\n}");
    assertThat(key.line()).isEqualTo(2);
    assertThat(key.toString()).contains("rubric.json:2:", "did you mean \"visibility\"?");
    assertThat(problem("{\"visibility\": \"hiden\"}").toString())
        .contains("did you mean \"hidden\"?");
    assertThat(problem("{\"repeat_policy\": \"avg\"}").toString()).contains("\"majority\"");
    assertThat(problem("{\"suites\": [{\"suite\": \"shart\"}]}").toString())
        .contains("\"shart\" is not in this grading", "did you mean \"short\"?");
    assertThat(problem("{\"scenarios\": [\n{\"scenario\": \"a-9\"}]}").line()).isEqualTo(2);
    assertThat(problem("{\"suites\": [{\"suite\": \"short\", \"points\": -1}]}").toString())
        .contains("expected a number from 0");
    assertThat(
            problem("{\"scenarios\": [{\"scenario\": \"a-1\"}, {\"scenario\": \"a-1\"}]}").found())
        .contains("twice");
    assertThat(problem("{\"tiers\": [{\"metric\": \"failures\"}]}").found()).contains("\"full\"");
    assertThat(problem("{\"late\": {\"due\": \"tomorrow\"}}").expected()).contains("zone");
    assertThat(problem("{\"late\": {\"due\": \"2026-13-01T00:00:00Z\"}}").expected())
        .contains("zone");
    assertThat(problem("[1]").found()).contains("an array");
    assertThat(problem("{,}").found()).contains("not JSON");
  }

  @Test
  void all_mistakes_are_reported_at_once() {
    ScenarioException wrong =
        catchThrowableOfType(
            ScenarioException.class,
            () -> read("{\"title\": 1, \"visibility\": \"x\", \"scenarios\": [{\"points\": 1}]}"));
    assertThat(wrong.problems()).hasSize(3);
  }

  @Test
  void the_page_describes_every_key() throws Exception {
    String page = Files.readString(Path.of("src", "site", "markdown", "grading.md"));
    for (SectionSpec section : RubricKeys.RUBRIC.withNested()) {
      for (KeySpec key : section.keys()) {
        assertThat(page).as(section.title()).contains("`" + key.name() + "`");
      }
    }
  }
}
