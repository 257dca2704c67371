package raftlab.scenario;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.scenario.file.ScenarioReader;

/** Files that can't be read, or that aren't text. */
class ScenarioFileTest {
  @TempDir Path folder;

  private void assertProblem(Path file, String expected) {
    assertThatThrownBy(() -> ScenarioReader.read(file))
        .isInstanceOf(ScenarioException.class)
        .hasMessage(file + expected);
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("x.json"), bytes);
  }

  @Test
  void a_missing_file_is_said_to_be_missing() {
    assertProblem(folder.resolve("x.json"), ": there is no such file; expected a JSON file");
  }

  @Test
  void a_folder_is_not_a_file() {
    assertProblem(folder, ": this is a folder; expected a JSON file");
  }

  @Test
  void a_file_inside_a_file_cannot_be_read() throws IOException {
    Path inside = write(new byte[0]).resolve("y.json");
    assertThatThrownBy(() -> ScenarioReader.read(inside))
        .isInstanceOf(ScenarioException.class)
        .hasMessageContaining("it can't be read: ")
        .hasMessageEndingWith("; expected a readable JSON file");
  }

  @Test
  void a_file_without_permission_is_said_to_have_none() throws IOException {
    Path file = write(new byte[0]);
    assumeThat(file.toFile().setReadable(false)).isTrue();
    assumeThat(Files.isReadable(file)).as("root reads everything").isFalse();
    assertProblem(file, ": there is no permission to read it; expected a readable JSON file");
  }

  @Test
  void an_empty_file_is_said_to_be_empty() throws IOException {
    assertProblem(write(new byte[0]), ":1:1: the file is empty; expected a JSON object");
  }

  @Test
  void a_byte_that_is_not_utf8_is_pointed_at() throws IOException {
    assertProblem(
        write("{\n  \"title\": \"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1)),
        ":2:16: the byte 0xe9 is not UTF-8; expected a file saved as UTF-8 without byte order mark");
  }

  @Test
  void a_byte_order_mark_is_a_problem_beside_the_others() throws IOException {
    assertProblem(
        write("\uFEFF{\"lifetime\": 3, \"replicas\": 5, \"requests\": 1}".getBytes("UTF-8")),
        ":1:1: the file starts with a byte order mark; expected a file saved without one\n"
            + folder.resolve("x.json")
            + ":1:14: \"lifetime\" is 3; expected a number from 5 to 3600, as there are \"requests\"");
  }

  @Test
  void a_huge_file_is_not_even_parsed() throws IOException {
    assertProblem(
        write(new byte[(1 << 20) + 1]),
        ": the file is larger than 1 MiB; expected a JSON file of a few lines");
  }
}
