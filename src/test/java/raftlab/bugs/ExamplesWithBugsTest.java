package raftlab.bugs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bugs of the example hand-ins. */
class ExamplesWithBugsTest {
  private static final Path EXAMPLES = Path.of("handin");
  private static final String PROGRAM = "4700kvstore";

  @ParameterizedTest
  @ValueSource(strings = {"python-correct", "node-correct"})
  void each_bug_can_be_planted_and_changes_the_program(String example) throws IOException {
    FolderBugCatalogue catalogue = FolderBugCatalogue.of(EXAMPLES.resolve(example));
    String correct = Files.readString(EXAMPLES.resolve(example).resolve(PROGRAM));
    assertThat(catalogue.all())
        .isNotEmpty()
        .allSatisfy(
            bug ->
                assertThat(catalogue.patchedFiles(bug)).hasEntrySatisfying(PROGRAM, not(correct)));
  }

  private static java.util.function.Consumer<String> not(String text) {
    return planted -> assertThat(planted).isNotEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"python-correct", "node-correct"})
  void what_is_the_same_mistake_in_the_reference_replica_has_the_same_name(String example)
      throws IOException {
    assertThat(FolderBugCatalogue.of(EXAMPLES.resolve(example)).all())
        .extracting(Bug::name)
        .isSubsetOf(BugCatalogue.names());
  }

  @Test
  void python_takes_each_program_with_a_bug(@TempDir Path folder) throws Exception {
    FolderBugCatalogue catalogue = FolderBugCatalogue.of(EXAMPLES.resolve("python-correct"));
    List<String> command = new ArrayList<>(List.of("python3", "-m", "py_compile"));
    for (Bug bug : catalogue.all()) {
      Path file = folder.resolve(bug.name() + ".py");
      command.add(Files.writeString(file, catalogue.patchedFiles(bug).get(PROGRAM)).toString());
    }
    Path complaints = folder.resolve("complaints");
    Process python =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(complaints.toFile())
            .start();
    assertThat(python.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(complaints).content().isEmpty();
    assertThat(python.exitValue()).isZero();
  }
}
