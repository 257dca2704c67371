package raftlab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static raftlab.cli.RaftlabCommandTest.raftlab;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import raftlab.cli.RaftlabCommandTest.Result;

/** Each wrong argument is answered with what was found, what was expected, and exit code 2. */
class UsageErrorTest {
  /** The words of picocli and of Java, which a user need not know. */
  private static final String[] FOREIGN = {
    "Unmatched",
    "index",
    "Missing required",
    "Invalid value",
    " long",
    " int",
    " double",
    "boolean",
    "Possible solutions",
    "case-insensitive",
    "Exception",
    "null",
    "[",
    "\tat "
  };

  @Test
  void a_usage_error_has_a_message_even_if_its_cause_has_none() {
    assertThat(new UsageException(new IllegalArgumentException("found x"))).hasMessage("found x");
    assertThat(new UsageException(new IllegalArgumentException()).getMessage()).isNotNull();
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        arguments("suit election", List.of("\"suit\"", "did you mean suite?")),
        arguments("xyzzy", List.of("\"xyzzy\"", "run, suite, scenario")),
        arguments("scenario sho x", List.of("\"sho\"", "did you mean show?")),
        arguments("suite --sed 5 election", List.of("--sed", "did you mean --seed?")),
        arguments("suite --silent", List.of("--silent")),
        arguments("suite --xyzzy=1 election", List.of("--xyzzy")),
        arguments("--replica x suite election", List.of("--replica")),
        arguments("suite --seed abc election", List.of("--seed", "\"abc\"", "a whole number")),
        arguments("suite --seed=1.5 election", List.of("--seed", "\"1.5\"", "a whole number")),
        arguments("suite --jobs 1x election", List.of("--jobs", "\"1x\"", "a whole number")),
        arguments("suite --jobs 99999999999 x", List.of("--jobs", "\"99999999999\"", "2147483647")),
        arguments("swarm --minutes x", List.of("--minutes", "\"x\"", "a number")),
        arguments(
            "run --world simm x",
            List.of("--world", "\"simm\"", "process, virtual, sim", "mean sim?")),
        arguments("run --world moon x", List.of("--world", "\"moon\"", "process, virtual, sim")),
        arguments("suite election --seed", List.of("--seed", "--seed N")),
        arguments("suite --seed --jobs 3 election", List.of("--seed", "--seed N")),
        arguments("swarm --write 7", List.of("--write", "--write SEED FILE")),
        arguments("bugs --show=3", List.of("--show", "\"3\"", "no value")),
        arguments("run --seed=1 --seed=2 crash-1", List.of("--seed", "once")),
        arguments("grade", List.of("DIR")),
        arguments("run", List.of("SCENARIO")),
        arguments("check", List.of("FILE")),
        arguments("replay", List.of("TRACE")),
        arguments("shrink", List.of("SCENARIO|TRACE")),
        arguments("replay a b", List.of("\"b\"")),
        arguments("swarm --seed 1 2", List.of("\"2\"")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void a_wrong_argument_is_explained_in_one_line(String line, List<String> facts) {
    Result result = raftlab(line.split(" "));
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    List<String> lines = result.err().lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).startsWith("raftlab").contains(facts).doesNotContain(FOREIGN);
    assertThat(lines.get(1)).contains("raftlab", "--help");
  }

  @Test
  void an_unknown_option_is_reported_before_a_missing_argument() {
    assertThat(raftlab("suite", "--silent").err()).contains("--silent").doesNotContain("NAME|DIR");
  }

  @Test
  void a_nearest_word_is_suggested_only_if_there_is_one() {
    assertThat(raftlab("xyzzy").err()).doesNotContain("did you mean");
    assertThat(raftlab("suite", "--xyzzy", "election").err()).doesNotContain("did you mean");
  }

  @Test
  void the_help_that_is_named_belongs_to_the_command_in_use() {
    assertThat(raftlab("scenario", "show", "--seed", "x", "crash-1").err())
        .contains("raftlab scenario show --help");
  }
}
