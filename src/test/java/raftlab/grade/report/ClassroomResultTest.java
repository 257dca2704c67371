package raftlab.grade.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.grade.book.GradeBook;
import raftlab.grade.book.RepeatPolicy;
import raftlab.grade.book.Rubric;
import raftlab.grade.book.Visibility;

class ClassroomResultTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "CLASSROOM",
          "cs1",
          "ASSIGNMENT",
          "raft",
          "SUBMISSION_TAG",
          "submit/1",
          "COMMIT_URL",
          "c",
          "RELEASE_URL",
          "r",
          "REVIEW_URL",
          "v");

  @TempDir private Path root;

  private JsonObject result(Rubric rubric) throws Exception {
    GradeBook book = GradeBook.of(ReportBooks.folder(root), rubric);
    return JsonParser.parseString(
            ClassroomResult.of(
                book.teams().get(0), ENVIRONMENT, Instant.parse("2026-06-01T14:32:01.123Z")))
        .getAsJsonObject();
  }

  @Test
  void it_has_the_fields_of_the_schema() throws Exception {
    JsonObject result = result(Rubric.DEFAULT);
    assertThat(result.keySet())
        .containsExactlyInAnyOrder(
            "schema",
            "classroom",
            "assignment",
            "submission",
            "commit",
            "release",
            "review",
            "datetime",
            "score",
            "max-score",
            "tests");
    assertThat(result.get("schema").getAsString()).isEqualTo("classroom50/result/v1");
    assertThat(result.get("classroom").getAsString()).isEqualTo("cs1");
    assertThat(result.get("assignment").getAsString()).isEqualTo("raft");
    assertThat(result.get("submission").getAsString()).isEqualTo("submit/1");
    assertThat(result.get("commit").getAsString()).isEqualTo("c");
    assertThat(result.get("release").getAsString()).isEqualTo("r");
    assertThat(result.get("review").getAsString()).isEqualTo("v");
    assertThat(result.get("datetime").getAsString()).isEqualTo("2026-06-01T14:32:01Z");
    assertThat(result.get("score").getAsString()).isEqualTo("1");
    assertThat(result.get("max-score").getAsString()).isEqualTo("2");
  }

  @Test
  void each_scenario_is_a_test_and_an_open_one_has_no_points() throws Exception {
    JsonArray tests = result(Rubric.DEFAULT).getAsJsonArray("tests");
    JsonObject passed = tests.get(0).getAsJsonObject();
    assertThat(passed.get("test-name").getAsString()).isEqualTo("a-1");
    assertThat(passed.get("passed").getAsBoolean()).isTrue();
    assertThat(passed.get("score").getAsString()).isEqualTo("1");
    assertThat(passed.get("max-score").getAsString()).isEqualTo("1");
    JsonObject failed = tests.get(1).getAsJsonObject();
    assertThat(failed.get("passed").getAsBoolean()).isFalse();
    assertThat(failed.get("score").getAsString()).isEqualTo("0");
    assertThat(failed.get("output").getAsString()).contains("votes-twice").doesNotContain("\u001b");
    JsonObject open = tests.get(2).getAsJsonObject();
    assertThat(open.get("max-score").getAsString()).isEqualTo("0");
    assertThat(open.get("open").getAsBoolean()).isTrue();
  }

  @Test
  void points_with_digits_after_the_point_become_integers() throws Exception {
    Rubric rubric =
        new Rubric(
            "",
            RepeatPolicy.MEAN,
            Visibility.VISIBLE,
            Map.of(),
            Map.of("a-1", new Rubric.Rule(OptionalDouble.of(2.25), Optional.empty())),
            List.of(),
            Optional.empty());
    JsonObject result = result(rubric);
    assertThat(result.get("score").getAsString()).isEqualTo("225");
    assertThat(result.get("max-score").getAsString()).isEqualTo("325");
  }
}
