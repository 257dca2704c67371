package raftlab.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import raftlab.scenario.page.GeneratedFileAssert;

/** The page about the console has every command, and its examples work. */
class ConsolePageTest {
  private static final Path PAGE = Path.of("src", "site", "markdown", "console.md");
  private static final String MARK = "<!-- From here on made from the commands. -->\n\n";

  @TempDir private Path folder;

  private static List<String> blocks(String kind) throws IOException {
    return Pattern.compile("^```" + kind + "\\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE)
        .matcher(Files.readString(PAGE))
        .results()
        .map(block -> block.group(1))
        .toList();
  }

  private static List<String> examples() throws IOException {
    return blocks("console");
  }

  @ParameterizedTest
  @MethodSource("examples")
  void an_example_runs_without_an_error(String example) throws IOException {
    String script = example.replace("/tmp/raftlab-console-page.json", folder + "/page.json");
    try (TestConsole console = LessonTest.console()) {
      ConsoleCommandResult result =
          console.console().play(new BufferedReader(new StringReader(script)), "page", true);
      assertThat(console.complaints()).isEmpty();
      assertThat(result).isEqualTo(ConsoleCommandResult.DONE);
    }
  }

  @Test
  void every_command_has_an_example() throws IOException {
    Set<String> used = new TreeSet<>(List.of("quit", "help", "every", "source", "suite"));
    for (String example : examples()) {
      example
          .lines()
          .map(line -> line.replace("run until", "wait").replaceFirst("run (\\d)", "wait $1"))
          .forEach(
              line -> {
                used.add(line.split(" ")[0]);
                if (line.startsWith("repeat 3 ")) {
                  used.add(line.split(" ")[2]);
                }
              });
    }
    // The reference has examples of these.
    used.add("answer");
    try (TestConsole console = TestConsole.simulated()) {
      assertThat(used).containsAll(console.console().commands().names());
    }
  }

  @Test
  void the_example_of_a_lesson_can_be_taken() throws IOException {
    Path file = folder.resolve("page.lesson");
    Files.writeString(file, blocks("lesson").get(0));
    Lesson lesson = Lesson.read(file.toString());
    try (TestConsole console = TestConsole.simulated()) {
      console.obey("lesson " + file);
      List<String> said = new ArrayList<>();
      lesson.steps().forEach(step -> said.add(console.obey(step.command())));
      assertThat(said.get(said.size() - 1)).contains("The lesson is done.");
    }
  }

  @Test
  void the_reference_is_that_of_the_help() throws IOException {
    String text = Files.readString(PAGE);
    int end = text.indexOf(MARK) + MARK.length();
    try (TestConsole console = TestConsole.simulated()) {
      GeneratedFileAssert.assertHolds(
          PAGE, text.substring(0, end) + console.console().commands().markdown());
    }
  }
}
