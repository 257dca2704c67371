package raftlab.scenario.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.scenario.ScenarioException;

/** Files that can't be read, or that aren't text. */
class ScenarioFileTest {
  @TempDir Path folder;

  private void assertProblem(Path file, String facts, String term) {
    assertThatThrownBy(() -> ScenarioReader.read(file))
        .isInstanceOf(ScenarioException.class)
        .hasMessageStartingWith(file + ":")
        .hasMessageContaining(term)
        .satisfies(e -> assertThat(ProblemFacts.of(e.getMessage())).isEqualTo(facts));
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("x.json"), bytes);
  }

  @Test
  void a_missing_file_is_said_to_be_missing() {
    assertProblem(folder.resolve("x.json"), "", "no such file");
  }

  @Test
  void a_folder_is_not_a_file() {
    assertProblem(folder, "", "folder");
  }

  @Test
  void a_file_inside_a_file_cannot_be_read() throws IOException {
    Path inside = write(new byte[0]).resolve("y.json");
    assertThatThrownBy(() -> ScenarioReader.read(inside))
        .isInstanceOf(ScenarioException.class)
        .hasMessageStartingWith(inside + ":")
        .hasMessageContaining("readable");
  }

  @Test
  void a_file_without_permission_is_reported_as_such() throws IOException {
    Path file = write(new byte[0]);
    assumeThat(file.toFile().setReadable(false)).isTrue();
    assumeThat(Files.isReadable(file)).as("root reads everything").isFalse();
    assertProblem(file, "", "permission");
  }

  @Test
  void an_empty_file_is_said_to_be_empty() throws IOException {
    assertProblem(write(new byte[0]), "1:1 object", "empty");
  }

  @Test
  void a_byte_that_is_not_utf8_is_pointed_at() throws IOException {
    assertProblem(
        write("{\n  \"title\": \"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1)),
        "2:16 0xe9",
        "UTF-8");
  }

  @Test
  void a_byte_order_mark_is_a_problem_beside_the_others() throws IOException {
    assertProblem(
        write("\uFEFF{\"lifetime\": 3, \"replicas\": 5, \"requests\": 1}".getBytes("UTF-8")),
        "1:1\n1:14 \"lifetime\" 3 5 3600 \"requests\"",
        "byte order mark");
  }

  @Test
  void a_huge_file_is_not_even_parsed() throws IOException {
    assertProblem(write(new byte[(1 << 20) + 1]), "1", "1 MiB");
  }
}
