package raftlab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static raftlab.cli.RaftlabCommandTest.raftlab;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import raftlab.bugs.BugCatalogue;
import raftlab.bugs.BuggyNodeFactory;
import raftlab.cluster.World;
import raftlab.cluster.sim.SimWorld;
import raftlab.raft.RaftSettings;
import raftlab.report.RunText;
import raftlab.report.TerminalStyle;
import raftlab.run.RunOutcome;
import raftlab.run.ScenarioRunner;
import raftlab.scenario.Scenario;
import raftlab.scenario.file.ScenarioReader;
import raftlab.trace.Trace;

/** What a command prints doesn't depend on the machine's locale. */
class LocaleTest {
  /** The number before a unit: how long a run took, in real time. */
  private static final String REAL_TIME = "[0-9.]+ (s\\b|times)";

  private final Locale usual = Locale.getDefault();

  /** Other digits, decimal commas, an i that becomes İ; and commands that print many figures. */
  static List<List<String>> commands() {
    return List.of(
        List.of("run", "--world", "sim", "--seed", "7", "crash-3"),
        List.of("scenario", "show", "--seed", "7", "crash-3"),
        List.of("scenario", "list"),
        List.of("bugs", "--list"));
  }

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(usual);
  }

  private static String output(String locale, List<String> command) {
    Locale.setDefault(Locale.forLanguageTag(locale));
    RaftlabCommandTest.Result result = raftlab(command.toArray(String[]::new));
    return (result.exitCode() + result.out() + result.err()).replaceAll(REAL_TIME, "# $1");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void a_command_prints_the_same_in_every_locale(List<String> command) {
    String english = output("en-US", command);
    for (String locale : List.of("ar-EG-u-nu-arab", "de-DE", "tr-TR")) {
      assertThat(output(locale, command)).as(locale).isEqualTo(english);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "commits-with-half,probe/both-sides",
    "message-too-large,probe/big-backlog",
    "never-retransmits,election/re-election",
    "acks-before-commit,probe/ok-then-kill",
    "slow-heartbeats,election/initial-election",
    "endless-rejections,probe/ok-then-kill"
  })
  void a_failure_is_explained_the_same_in_every_locale(String bug, String scenario)
      throws Exception {
    String english = explained("en-US", bug, scenario);
    assertThat(explained("ar-EG-u-nu-arab", bug, scenario)).isEqualTo(english);
    assertThat(explained("de-DE", bug, scenario)).isEqualTo(english);
  }

  private static String explained(String locale, String bug, String name) throws Exception {
    Locale.setDefault(Locale.forLanguageTag(locale));
    World world = new SimWorld(BuggyNodeFactory.of(BugCatalogue.find(bug), RaftSettings.DEFAULT));
    Scenario scenario = ScenarioReader.read(Path.of("configs", name + ".json"));
    Trace trace = new ScenarioRunner(scenario, world, 1).play();
    return String.join(
        "\n", RunText.of(RunOutcome.of(scenario, trace, 0), trace, new TerminalStyle(false)));
  }
}
