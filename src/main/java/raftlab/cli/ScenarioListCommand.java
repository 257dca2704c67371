package raftlab.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import raftlab.report.SuiteListText;
import raftlab.report.TerminalStyle;
import raftlab.scenario.ScenarioException;
import raftlab.suite.Suite;
import raftlab.suite.SuiteReader;

/** Lists suites and their scenarios. */
@Command(
    name = "list",
    description = "Lists suites with their scenarios: name, section, points, title.",
    mixinStandardHelpOptions = true,
    footer = {"", ExitCode.HELP})
final class ScenarioListCommand implements Callable<Integer> {
  @Option(names = "--json", description = "print it as JSON")
  private boolean json;

  @Parameters(
      paramLabel = "SUITE",
      arity = "0..*",
      description = "the name of a suite, or a folder of scenario files; default: all of the kit")
  private List<String> names = List.of();

  @Override
  public Integer call() throws ScenarioException {
    List<Suite> suites = new ArrayList<>();
    for (String name : names.isEmpty() ? SuiteReader.names(KitHome.configs()) : names) {
      suites.add(SuiteReader.read(name, KitHome.configs()));
    }
    if (json) {
      print(SuiteListText.json(suites));
    } else {
      SuiteListText.of(suites, TerminalStyle.ofStdout()).forEach(System.out::println);
    }
    return ExitCode.PASSED;
  }

  /** Prints readable JSON. */
  static void print(JsonElement json) {
    System.out.println(
        new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(json));
  }
}
