package raftlab.scenario;

import static org.assertj.core.api.Assertions.assertThat;
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
  void aMissingFileIsSaidToBeMissing() {
    assertProblem(folder.resolve("x.json"), "", "no such file");
  }

  @Test
  void aFolderIsNotAFile() {
    assertProblem(folder, "", "folder");
  }

  @Test
  void aFileInsideAFileCannotBeRead() throws IOException {
    Path inside = write(new byte[0]).resolve("y.json");
    assertThatThrownBy(() -> ScenarioReader.read(inside))
        .isInstanceOf(ScenarioException.class)
        .hasMessageStartingWith(inside + ":")
        .hasMessageContaining("readable");
  }

  @Test
  void aFileWithoutPermissionIsSaidToHaveNone() throws IOException {
    Path file = write(new byte[0]);
    assumeThat(file.toFile().setReadable(false)).isTrue();
    assumeThat(Files.isReadable(file)).as("root reads everything").isFalse();
    assertProblem(file, "", "permission");
  }

  @Test
  void anEmptyFileIsSaidToBeEmpty() throws IOException {
    assertProblem(write(new byte[0]), "1:1 object", "empty");
  }

  @Test
  void aByteThatIsNotUtf8IsPointedAt() throws IOException {
    assertProblem(
        write("{\n  \"title\": \"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1)),
        "2:16 0xe9",
        "UTF-8");
  }

  @Test
  void aByteOrderMarkIsAProblemBesideTheOthers() throws IOException {
    assertProblem(
        write("\uFEFF{\"lifetime\": 3, \"replicas\": 5, \"requests\": 1}".getBytes("UTF-8")),
        "1:1\n1:14 \"lifetime\" 3 5 3600 \"requests\"",
        "byte order mark");
  }

  @Test
  void aHugeFileIsNotEvenParsed() throws IOException {
    assertProblem(write(new byte[(1 << 20) + 1]), "1", "1 MiB");
  }
}
