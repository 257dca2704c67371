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

/** Lists suites and what is in them. */
@Command(
    name = "list",
    description = "Lists all suites, or some, with their scenarios: name, section, points, title.",
    mixinStandardHelpOptions = true,
    footer = {"", ExitCode.HELP})
final class ScenarioListCommand implements Callable<Integer> {
  @Option(names = "--json", description = "print it as JSON")
  private boolean json;

  @Parameters(
      paramLabel = "SUITE",
      arity = "0..*",
      description = "a suite's name, or a folder of scenario files; all of the kit's if not given")
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

  /** Prints JSON for people and programs. */
  static void print(JsonElement json) {
    System.out.println(
        new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(json));
  }
}
