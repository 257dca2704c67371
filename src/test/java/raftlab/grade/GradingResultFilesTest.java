package raftlab.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.grade.ScenarioGrade.Mark;
import raftlab.grade.TeamGrade.GradingStatus;
import raftlab.handin.HandIn;
import raftlab.scenario.ScenarioException;

class GradingResultFilesTest {
  @TempDir private Path root;
  private Path out;
  private GradingSettings settings;

  @BeforeEach
  void read() throws IOException, ScenarioException {
    out = root.resolve("deep/grades");
    settings = SmallSuite.settings(root);
  }

  private static HandIn handIn(String team) {
    return new HandIn(team, Path.of(team), team);
  }

  private GradingResultFiles results() throws IOException {
    return new GradingResultFiles(
        settings, List.of(handIn("a"), handIn("b")), out, out.resolve("grades.json"));
  }

  private TeamGrade grade(String team, Mark mark) {
    List<ScenarioGrade> none =
        settings.suite().scenarios().stream()
            .map(scenario -> ScenarioGrade.notPlayed(scenario, mark, "not played: test"))
            .toList();
    return new TeamGrade(
        handIn(team),
        GradingStatus.NO_PROGRAM,
        "no, \"none\"",
        List.of(),
        Optional.empty(),
        none,
        1.25);
  }

  @Test
  void each_grade_is_written_as_soon_as_it_exists_in_the_order_of_the_teams() throws IOException {
    GradingResultFiles results = results();
    results.add(grade("b", Mark.NONE));
    assertThat(Files.readAllLines(out.resolve("grades.csv"))).hasSize(2);
    results.add(grade("a", Mark.NONE));
    assertThat(Files.readAllLines(out.resolve("grades.csv")).subList(1, 3))
        .containsExactly(
            "a,no program,0,3,-,-,-,,,,7,1.3,\"no, \"\"none\"\"\"",
            "b,no program,0,3,-,-,-,,,,7,1.3,\"no, \"\"none\"\"\"");
    JsonObject json =
        JsonParser.parseString(Files.readString(out.resolve("grades.json"))).getAsJsonObject();
    assertThat(json.get("graded").getAsInt()).isEqualTo(2);
    assertThat(json.getAsJsonArray("teams").get(0).getAsJsonObject().get("status").getAsString())
        .isEqualTo("no program");
  }

  @Test
  void what_a_broken_off_grading_left_half_written_is_no_hindrance() throws IOException {
    Files.createDirectories(out);
    Files.writeString(out.resolve(".grades.csv.part"), "team,sta");
    Files.writeString(out.resolve(".a.txt.part"), "half");
    Files.writeString(out.resolve("a.txt"), "old");
    results().add(grade("a", Mark.NONE));
    assertThat(out.resolve("a.txt")).content().startsWith("a: 0 of 3 scenarios passed");
    assertThat(out.resolve(".grades.csv.part")).doesNotExist();
    assertThat(out.resolve(".a.txt.part")).doesNotExist();
  }

  @Test
  void an_earlier_table_is_kept_until_the_next_but_one() throws IOException {
    results().add(grade("a", Mark.NONE));
    results();
    results();
    assertThat(Files.readAllLines(out.resolve("grades.before.csv"))).hasSize(2);
    assertThat(Files.readAllLines(out.resolve("grades.csv"))).hasSize(1);
  }

  @Test
  void after_a_break_off_no_grade_is_taken_any_more() throws IOException {
    GradingResultFiles results = results();
    results.add(grade("a", Mark.UNKNOWN));
    results.close();
    assertThat(results.add(grade("b", Mark.NONE))).isFalse();
    assertThat(results.count()).isEqualTo(1);
    assertThat(results.hasUnknown()).isTrue();
    assertThat(out.resolve("b.txt")).doesNotExist();
  }

  @Test
  void what_cannot_be_written_leaves_the_old_file_whole() throws IOException {
    Path file = Files.createDirectories(out).resolve("file");
    GradingResultFiles.writeAtomically(file, "old");
    Files.createDirectories(out.resolve(".file.part/in-the-way"));
    assertThatThrownBy(() -> GradingResultFiles.writeAtomically(file, "new"))
        .isInstanceOf(IOException.class);
    assertThat(file).hasContent("old");
  }
}
