package raftlab.scenario.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import raftlab.scenario.FileProblem;
import raftlab.scenario.ScenarioException;

/** However a file is spoilt, the outcome is a scenario or problems with their lines. */
public class ScenarioFuzzTest {
  static List<Path> courseFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("configs", "course"))) {
      return files.sorted().toList();
    }
  }

  public static boolean isRead(String text) {
    try {
      return ScenarioReader.read("x.json", text).json().equals(text);
    } catch (ScenarioException e) {
      long lines = text.lines().count() + 1;
      assertThat(e.problems()).isNotEmpty();
      for (FileProblem problem : e.problems()) {
        assertThat(problem.line()).as(text).isBetween(1, (int) lines);
        assertThat(problem.column()).as(text).isPositive();
        assertThat(problem.found()).isNotBlank();
        assertThat(problem.expected()).as(problem.found()).isNotBlank();
        assertThat(problem.toString()).doesNotContain("\n").doesNotContain("the parser says");
      }
      return false;
    } catch (RuntimeException | StackOverflowError e) {
      return fail("for " + text, e);
    }
  }

  @ParameterizedTest
  @MethodSource("courseFiles")
  void a_file_that_breaks_off_is_never_a_scenario(Path file) throws IOException {
    String text = Files.readString(file).strip();
    for (int end = 0; end < text.length(); end++) {
      assertThat(isRead(text.substring(0, end))).as("cut at %d", end).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("courseFiles")
  void a_file_without_one_of_its_characters_is_read_or_explained(Path file) throws IOException {
    String text = Files.readString(file);
    for (int at = 0; at < text.length(); at++) {
      isRead(text.substring(0, at) + text.substring(at + 1));
    }
  }

  @ParameterizedTest
  @MethodSource("courseFiles")
  void a_file_with_another_character_somewhere_is_read_or_explained(Path file) throws IOException {
    String text = Files.readString(file);
    Random random = new Random(4700);
    String characters = "{}[]\",:.-+eE0123456789 \n\r\t\0\\/*#'NaIn\ufeff\ud83d\u00e9";
    for (int round = 0; round < 800; round++) {
      StringBuilder spoilt = new StringBuilder(text);
      for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
        char c = characters.charAt(random.nextInt(characters.length()));
        int at = random.nextInt(spoilt.length());
        if (random.nextBoolean()) {
          spoilt.setCharAt(at, c);
        } else {
          spoilt.insert(at, c);
        }
      }
      isRead(spoilt.toString());
    }
  }
}
