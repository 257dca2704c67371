package raftlab.grade.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.grade.SimGrading;
import raftlab.grade.book.GradeBook;
import raftlab.grade.book.Rubric;
import raftlab.grade.store.GradingFolder;
import raftlab.grade.store.ScenarioRecord;
import raftlab.grade.store.TeamRecord;

class GradescopeResultsTest {
  @TempDir private Path root;

  private GradingFolder folder;

  @BeforeEach
  void create() throws Exception {
    folder = ReportBooks.folder(root);
  }

  private JsonObject results(int team, Rubric rubric) {
    GradeBook book = GradeBook.of(folder, rubric);
    return JsonParser.parseString(GradescopeResults.of(book, book.teams().get(team)))
        .getAsJsonObject();
  }

  private static JsonObject test(JsonObject results, int index) {
    return results.getAsJsonArray("tests").get(index).getAsJsonObject();
  }

  private static List<String> strings(JsonElement array) {
    List<String> strings = new ArrayList<>();
    ((JsonArray) array).forEach(each -> strings.add(each.getAsString()));
    return strings;
  }

  @Test
  void the_top_level_has_known_fields_with_valid_values() {
    JsonObject results = results(0, Rubric.DEFAULT);
    assertThat(results.keySet())
        .containsExactlyInAnyOrder(
            "score",
            "execution_time",
            "output",
            "output_format",
            "test_output_format",
            "test_name_format",
            "visibility",
            "stdout_visibility",
            "tests",
            "leaderboard");
    assertThat(results.get("score").getAsDouble()).isEqualTo(1);
    assertThat(results.get("execution_time").getAsDouble()).isEqualTo(17.0);
    assertThat(results.get("output").getAsString()).startsWith("1 of 2 points\n").contains("a-3");
    assertThat(results.get("output_format").getAsString()).isEqualTo("text");
    assertThat(results.get("test_output_format").getAsString()).isEqualTo("text");
    assertThat(results.get("test_name_format").getAsString()).isEqualTo("text");
    assertThat(results.get("visibility").getAsString()).isEqualTo("visible");
    assertThat(results.get("stdout_visibility").getAsString()).isEqualTo("hidden");
  }

  @Test
  void a_pass_and_a_failure_have_points_and_status() {
    JsonObject results = results(0, Rubric.DEFAULT);
    JsonObject pass = test(results, 0);
    assertThat(pass.keySet())
        .containsExactlyInAnyOrder(
            "score",
            "max_score",
            "status",
            "name",
            "name_format",
            "number",
            "output",
            "output_format",
            "tags",
            "visibility");
    assertThat(pass.get("score").getAsDouble()).isEqualTo(1);
    assertThat(pass.get("max_score").getAsDouble()).isEqualTo(1);
    assertThat(pass.get("status").getAsString()).isEqualTo("passed");
    assertThat(pass.get("name").getAsString()).isEqualTo("a-1: Short");
    assertThat(pass.get("name_format").getAsString()).isEqualTo("text");
    assertThat(pass.get("number").getAsString()).isEqualTo("1.1");
    assertThat(pass.get("output_format").getAsString()).isEqualTo("text");
    assertThat(pass.get("visibility").getAsString()).isEqualTo("visible");
    assertThat(strings(pass.get("tags"))).containsExactly("short");
    JsonObject failure = test(results, 1);
    assertThat(failure.get("score").getAsDouble()).isZero();
    assertThat(failure.get("status").getAsString()).isEqualTo("failed");
    assertThat(failure.get("number").getAsString()).isEqualTo("1.2");
    assertThat(strings(failure.get("tags"))).containsExactly("short", "votes-twice");
    assertThat(failure.get("output").getAsString())
        .contains("died", "Likely cause: votes-twice", "--seed 7")
        .doesNotContain("\u001b", "\u0001");
  }

  @Test
  void an_open_result_has_neither_points_nor_status() {
    JsonObject open = test(results(0, Rubric.DEFAULT), 2);
    assertThat(open.keySet()).doesNotContain("score", "max_score", "status");
    assertThat(open.get("output").getAsString()).startsWith("UNKNOWN");
  }

  @Test
  void a_hidden_scenario_shows_title_cause_and_section_only() {
    JsonObject hidden = test(results(0, ReportBooks.hidingSecond()), 1);
    assertThat(hidden.get("visibility").getAsString()).isEqualTo("after_due_date");
    assertThat(hidden.get("name").getAsString()).isEqualTo("Short");
    assertThat(hidden.get("output").getAsString())
        .isEqualTo("FAIL\nLikely cause: votes-twice\nRead again: §5.4.1");
    assertThat(hidden.toString()).doesNotContain("a-2", "died", "secret", "seed");
  }

  @Test
  void a_hand_in_without_a_program_fails_all_tests_and_says_why() {
    JsonObject results = results(1, Rubric.DEFAULT);
    assertThat(results.get("score").getAsDouble()).isZero();
    assertThat(results.get("output").getAsString()).contains("found no 4700kvstore");
    assertThat(test(results, 0).get("status").getAsString()).isEqualTo("failed");
    assertThat(test(results, 0).get("max_score").getAsDouble()).isEqualTo(1);
  }

  @Test
  void only_a_team_that_passed_everything_has_figures_in_the_leaderboard() throws Exception {
    assertThat(results(2, Rubric.DEFAULT).getAsJsonArray("leaderboard")).hasSize(1);
    TeamRecord good = folder.grading().teams().get(2);
    ScenarioRecord last = folder.grading().scenarios().get(2);
    folder.write(good, ReportBooks.passed(last, 1000, 0.010));
    JsonArray board = results(2, Rubric.DEFAULT).getAsJsonArray("leaderboard");
    assertThat(board).hasSize(3);
    JsonObject messages = board.get(1).getAsJsonObject();
    assertThat(messages.get("name").getAsString()).isEqualTo("Messages");
    assertThat(messages.get("value").getAsDouble()).isEqualTo(3000);
    assertThat(messages.get("order").getAsString()).isEqualTo("asc");
    assertThat(board.get(2).getAsJsonObject().get("value").getAsDouble()).isEqualTo(10);
    assertThat(board.get(0).getAsJsonObject().get("order").getAsString()).isEqualTo("desc");
  }

  @Test
  void results_are_written_whole_after_each_scenario() throws Exception {
    GradingFolder played = SimGrading.folder(root, "one-team", 3, 1, List.of("good"));
    TeamRecord team = played.grading().teams().get(0);
    List<Integer> decided = new ArrayList<>();
    SimGrading.gradeAll(
        SimGrading.run(
            played,
            1,
            begins -> {
              Path file = played.file(team, ReportFormat.GRADESCOPE.file());
              if (begins.contains("playing") && Files.exists(file)) {
                decided.add(decided(file));
              }
            },
            tables -> tables.add(ReportFormat.GRADESCOPE::write)),
        played);
    assertThat(decided).containsExactly(1, 2);
    assertThat(decided(played.file(team, ReportFormat.GRADESCOPE.file()))).isEqualTo(3);
  }

  private static int decided(Path file) {
    try {
      JsonObject results = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      int count = 0;
      for (JsonElement test : results.getAsJsonArray("tests")) {
        count += test.getAsJsonObject().has("score") ? 1 : 0;
      }
      return count;
    } catch (java.io.IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }
}
