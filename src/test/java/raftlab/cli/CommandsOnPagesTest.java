package raftlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Each command line in the README and on the pages has a command and options that exist. */
class CommandsOnPagesTest {
  private static final Path FOLDER = Path.of("src", "site", "markdown");

  /** A command with its arguments, in a block of code or between backticks. */
  private static final Pattern COMMAND =
      Pattern.compile(
          "(?m)(?:^    |`|test-scripts/|target/)raftlab(?:\\.jar)? ([a-z]+)([^#`|\n]*)");

  private static final Pattern OPTION = Pattern.compile("(?<= )--?[a-z][a-z-]*");

  static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return Stream.concat(Stream.of(Path.of("README.md")), files.sorted()).toList();
    }
  }

  private static List<MatchResult> commands(Path page) throws IOException {
    return COMMAND.matcher(Files.readString(page)).results().toList();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void every_command_exists_with_its_options(Path page) throws IOException {
    CommandLine raftlab = new CommandLine(new RaftlabCommand());
    for (MatchResult found : commands(page)) {
      CommandLine command = raftlab.getSubcommands().get(found.group(1));
      assertThat(command).as(found.group()).isNotNull();
      if (found.group(1).equals("replica")) {
        continue; // its options are those of the reference replica, not of the command
      }
      // Options within quotes are those of the replica.
      String rest = found.group(2).replaceAll("'[^']*'|\"[^\"]*\"", "");
      if (!command.getSubcommands().isEmpty()) {
        String name = rest.strip().split(" ")[0];
        boolean alsoPlain = !command.getCommandSpec().positionalParameters().isEmpty();
        CommandLine nested = command.getSubcommands().get(name);
        command = nested == null && alsoPlain ? command : nested;
        assertThat(command).as(found.group()).isNotNull();
      }
      for (MatchResult option : OPTION.matcher(rest).results().toList()) {
        assertThat(command.getCommandSpec().optionsMap())
            .as(found.group())
            .containsKey(option.group());
      }
    }
  }

  @Test
  void the_pages_have_commands() throws IOException {
    assertThat(commands(FOLDER.resolve("commands.md"))).hasSizeGreaterThan(15);
    assertThat(commands(Path.of("README.md"))).hasSizeGreaterThan(2);
  }
}
