package raftlab.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import raftlab.explain.StrangerBugs.Bug;
import raftlab.judge.invariant.KnownMistake;

/** The lists of what is wrong with the strangers can be used by tests. */
class StrangerBugListsTest {
  private static final List<String> RULES =
      List.of(
          "one vote a term",
          "votes only for a log as up to date as its own",
          "elected by a majority",
          "steps down at a later term",
          "checks prevLogIndex and prevLogTerm",
          "deletes entries only at a conflict",
          "acknowledges only what was compared",
          "commits by a majority, and only entries of its own term",
          "follower commits at most the last new entry",
          "reads confirmed by a majority, after a commit of its own term",
          "ok only after commit",
          "one answer a request");

  private static final String GOOD =
      """
      # Bugs of x

      Bugs:

      | id | where | what goes wrong | shown by |
      |---|---|---|---|
      | votes-twice | `src/a.c:3` | votes | client, message; only if so |
      | - | `a:4` | exits | no |

      Not bugs:

      - silence

      Rules:

      | rule | kept or broken | by |
      |---|---|---|
      | one vote a term | broken | votes-twice, - |
      | ok only after commit | kept | |
      """;

  static List<Path> strangers() {
    return StrangerBugs.folders();
  }

  @Test
  void there_are_twelve() {
    assertThat(strangers())
        .extracting(folder -> folder.getFileName().toString())
        .containsExactly(
            "asyncio", "c", "cpp", "go", "go2", "java", "node", "node2", "perl", "python",
            "python2", "rust");
  }

  @ParameterizedTest
  @MethodSource("strangers")
  void each_bug_is_at_a_line_of_the_source(Path stranger) throws IOException {
    for (Bug bug : StrangerBugs.read(stranger).bugs()) {
      List<String> source = Files.readAllLines(stranger.resolve(bug.file()));
      assertThat(bug.line()).as(bug.toString()).isBetween(1, source.size());
      assertThat(source.get(bug.line() - 1)).as(bug.toString()).isNotBlank();
    }
  }

  @ParameterizedTest
  @MethodSource("strangers")
  void no_mistake_is_listed_twice(Path stranger) throws IOException {
    assertThat(StrangerBugs.read(stranger).bugs().stream().flatMap(bug -> bug.mistake().stream()))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("strangers")
  void those_that_never_read_the_directory_for_storage_store_nothing(Path stranger)
      throws IOException {
    boolean readsDirectory;
    try (Stream<Path> files = Files.walk(stranger)) {
      readsDirectory =
          files
              .filter(Files::isRegularFile)
              .filter(file -> !file.endsWith("BUGS.md"))
              .map(StrangerBugListsTest::text)
              .anyMatch(text -> text.contains("RAFTLAB_DATA_DIR"));
    }
    assertThat(StrangerBugs.read(stranger).has(KnownMistake.STORES_NOTHING))
        .isEqualTo(!readsDirectory);
  }

  @ParameterizedTest
  @MethodSource("strangers")
  void each_rule_is_kept_or_broken_by_a_bug_of_the_list(Path stranger) throws IOException {
    StrangerBugs list = StrangerBugs.read(stranger);
    List<String> ids =
        list.bugs().stream().map(bug -> bug.mistake().map(KnownMistake::id).orElse("-")).toList();
    assertThat(list.rules().keySet()).containsExactlyElementsOf(RULES);
    list.rules().forEach((rule, by) -> assertThat(ids).as(rule).containsAll(by));
    assertThat(list.notBugs()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("strangers")
  void nothing_that_was_built_is_kept(Path stranger) throws IOException {
    try (Stream<Path> files = Files.walk(stranger)) {
      assertThat(files.filter(Files::isRegularFile))
          .allSatisfy(file -> assertThat(Files.size(file)).isLessThan(20_000))
          .noneMatch(file -> file.toString().matches(".*(\\.class|\\.o|\\.out|contract\\.md)"));
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Test
  void a_list_is_read() {
    StrangerBugs list = StrangerBugs.parse("x", GOOD);
    assertThat(list.mistakes()).containsExactly(KnownMistake.VOTES_TWICE);
    assertThat(list.has(KnownMistake.VOTES_TWICE)).isTrue();
    assertThat(list.has(KnownMistake.COMMITS_OLD_TERM)).isFalse();
    assertThat(list.bugs())
        .extracting(Bug::mistake)
        .containsExactly(Optional.of(KnownMistake.VOTES_TWICE), Optional.empty());
    assertThat(list.bugs()).extracting(Bug::line).containsExactly(3, 4);
    assertThat(list.bugs())
        .extracting(bug -> bug.shownBy().size())
        .as("places that show the bug")
        .containsExactly(2, 0);
    assertThat(list.notBugs()).containsExactly("silence");
    assertThat(list.rules())
        .containsEntry("one vote a term", List.of("votes-twice", "-"))
        .containsEntry("ok only after commit", List.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "`src/a.c:3` ~ src/a.c:3",
        "a.c:3 ~ a.c",
        "| votes-twice | ~ | votes-thrice |",
        "broken | votes-twice ~ broken | votes-thrice",
        "client, message ~ somewhere",
        "Not bugs: ~ Others:",
        "| ok only after commit ~ | one vote a term",
      })
  void a_list_in_another_form_is_refused(String part, String replacement) {
    assertThat(GOOD).contains(part);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StrangerBugs.parse("x", GOOD.replace(part, replacement)));
  }
}
