package raftlab.bugs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BugTest {
  private static final String HEAD = "It does wrong,\nand badly.\nPaper: §5.2\n\n";

  private static Bug bug(String changes) {
    return Bug.read("wrong", HEAD + changes);
  }

  @Test
  void a_description_is_a_sentence_a_section_and_changes() {
    Bug bug = bug("--- A.java\n-  one\n+  two\n");
    assertThat(bug.title()).isEqualTo("It does wrong, and badly.");
    assertThat(bug.section()).isEqualTo("§5.2");
    assertThat(bug.diff()).isEqualTo("--- A.java\n-  one\n+  two");
    assertThat(bug.edits()).hasSize(1);
    assertThat(bug.edits().get(0).line()).isEqualTo(6);
  }

  @Test
  void lines_are_replaced_however_they_are_indented() {
    Bug bug = bug("--- A.java\n-one\n-two\n+three\n");
    assertThat(bug.applyTo(Map.of("A.java", "zero\n    one\n\ttwo\nfour\n")))
        .containsExactly(Map.entry("A.java", "zero\nthree\nfour\n"));
  }

  @Test
  void lines_that_stay_say_where_the_change_belongs() {
    Bug bug = bug("--- A.java\n second:\n-x\n+y\n");
    assertThat(bug.applyTo(Map.of("A.java", "first:\nx\nsecond:\nx\n")))
        .containsEntry("A.java", "first:\nx\nsecond:\ny\n");
  }

  @Test
  void an_empty_line_separates_changes_of_one_file() {
    Bug bug = bug("--- A.java\n-a\n+A\n\n-c\n+C\n--- B.java\n-x\n+X\n");
    assertThat(bug.applyTo(Map.of("A.java", "a\nb\nc\n", "B.java", "x\n", "C.java", "c\n")))
        .containsOnly(Map.entry("A.java", "A\nb\nC\n"), Map.entry("B.java", "X\n"));
  }

  @Test
  void missing_lines_are_named() {
    Bug bug = bug("--- A.java\n-  gone\n+x\n");
    assertThatThrownBy(() -> bug.applyTo(Map.of("A.java", "a\n")))
        .hasMessageMatching("line 6: A.java has no such lines .whole lines are compared.*: gone");
  }

  @Test
  void lines_that_are_there_twice_are_refused() {
    Bug bug = bug("--- A.java\n-a\n+x\n");
    assertThatThrownBy(() -> bug.applyTo(Map.of("A.java", "a\nb\na\n")))
        .hasMessage("line 6: A.java has these lines twice, at 1 and 3; expected once: a");
  }

  @Test
  void a_file_that_is_not_there_is_named() {
    Bug bug = bug("--- B.java\n-a\n+x\n");
    assertThatThrownBy(() -> bug.applyTo(Map.of("A.java", "a\n")))
        .hasMessage("line 6: found the file B.java, expected one of [A.java]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -a                    | line 5: found "-a", expected "--- "
          --- A.java            | line 5: expected changes of a file
          --- A.java;+a         | line 6: found only new lines, expected
          --- A.java; a         | line 6: found no change, expected
          --- A.java;-a;+b;what | line 8: found "what", expected a line
          """)
  void an_invalid_description_is_refused(String changes, String complaint) {
    assertThatThrownBy(() -> bug(changes.replace(';', '\n'))).hasMessageStartingWith(complaint);
  }

  @Test
  void a_description_needs_a_section() {
    assertThatThrownBy(() -> Bug.read("wrong", "It does wrong.\n"))
        .hasMessage("line 2: expected a sentence and then \"Paper: §…\"");
  }
}
