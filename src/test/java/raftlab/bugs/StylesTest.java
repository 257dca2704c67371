package raftlab.bugs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The replica that speaks in many styles. */
class StylesTest {
  private static final Path REPLICA = Path.of("src/main/resources/raftlab/styles/replica.py");

  @TempDir Path folder;

  @Test
  void each_style_keeps_its_log_despite_losses_a_partition_and_a_restart() throws Exception {
    assertThat(replica("--self-test")).last().asString().contains(" styles, 0 failed");
  }

  @Test
  void a_style_that_does_not_exist_is_refused() throws Exception {
    assertThat(started("--style", "no-such-style", "1", "0000", "0001").exitValue()).isOne();
  }

  @Test
  void the_self_test_fails_for_a_wrong_replica() throws Exception {
    assertThat(started("--self-test", "--bug", "commits-with-half", "paper").exitValue()).isOne();
  }

  @Test
  void there_are_at_least_32_styles_with_different_names() throws Exception {
    assertThat(firstCells("--list-styles")).hasSizeGreaterThanOrEqualTo(32).doesNotHaveDuplicates();
  }

  @Test
  void its_bugs_have_the_names_of_the_reference_replicas_bugs() throws Exception {
    assertThat(firstCells("--list-bugs"))
        .hasSizeGreaterThanOrEqualTo(16)
        .filteredOn(bug -> !bug.equals("acks-own-last") && !bug.equals("answers-twice"))
        .isSubsetOf(BugCatalogue.names());
  }

  @Test
  void a_bug_is_said_to_be_impossible_only_in_styles_that_exist() throws Exception {
    List<String> styles = firstCells("--list-styles");
    assertThat(replica("--list-bugs"))
        .map(line -> line.split("\t"))
        .filteredOn(cells -> cells.length > 2)
        .isNotEmpty()
        .allSatisfy(cells -> assertThat(cells[2].split(" ")).isSubsetOf(styles));
  }

  private List<String> firstCells(String option) throws Exception {
    return replica(option).stream().map(line -> line.split("\t")[0]).toList();
  }

  private List<String> replica(String... arguments) throws Exception {
    Process python = started(arguments);
    List<String> lines = Files.readAllLines(output());
    assertThat(python.exitValue()).as(() -> String.join("\n", lines)).isZero();
    return lines;
  }

  private Process started(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("python3", REPLICA.toString()));
    command.addAll(Stream.of(arguments).toList());
    Process python =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output().toFile())
            .start();
    try {
      assertThat(python.waitFor(120, TimeUnit.SECONDS)).isTrue();
    } finally {
      python.destroyForcibly();
    }
    return python;
  }

  private Path output() {
    return folder.resolve("output");
  }
}
