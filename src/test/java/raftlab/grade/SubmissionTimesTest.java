package raftlab.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.grade.store.TeamRecord;

class SubmissionTimesTest {
  @TempDir private Path root;

  private Path file(String... lines) throws Exception {
    return Files.write(root.resolve("times.csv"), List.of(lines));
  }

  @Test
  void teams_get_the_times_of_the_file_and_others_keep_theirs() throws Exception {
    SubmissionTimes times =
        SubmissionTimes.read(
            file(
                "team,submitted",
                "team-1,2026-01-01T10:00:00Z",
                "",
                "\"b, the \"\"second\"\"\",2026-01-02T10:00+01:00,more",
                "teem-1,2026-01-03T10:00:00Z"));
    List<String> warnings = new ArrayList<>();
    List<TeamRecord> teams =
        List.of(
            StoredGrading.team("team-1"),
            StoredGrading.team("b, the \"second\""),
            StoredGrading.team("c"));
    assertThat(times.applyTo(teams, warnings::add))
        .extracting(TeamRecord::submitted)
        .containsExactly("2026-01-01T10:00:00Z", "2026-01-02T10:00+01:00", "");
    assertThat(warnings).singleElement().asString().contains("\"teem-1\"", "did you mean team-1?");
  }

  @Test
  void all_mistakes_are_reported_with_their_lines() throws Exception {
    Path wrong = file("a,2026-01-01T10:00:00Z", "b", "c,yesterday", "a,2026-01-01T10:00:00Z");
    assertThatThrownBy(() -> SubmissionTimes.read(wrong))
        .hasMessageContainingAll("times.csv:2:", "times.csv:3:", "\"yesterday\"", "times.csv:4:");
  }
}
