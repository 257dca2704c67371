package raftlab.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import raftlab.scenario.page.JsonSchema;
import raftlab.scenario.page.ScenarioReferencePage;

/** Commands about scenario files. */
@Command(
    name = "scenario",
    description = "Checks, lists and shows scenarios.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", ExitCode.HELP},
    subcommands = {
      ScenarioCheckCommand.class,
      ScenarioListCommand.class,
      ScenarioShowCommand.class,
    })
final class ScenarioCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "found no command, expected one of " + String.join(", ", spec.subcommands().keySet()));
  }

  @Command(
      name = "schema",
      description = "Prints the JSON Schema of scenario files, for editors.",
      mixinStandardHelpOptions = true)
  int schema() {
    System.out.print(JsonSchema.ofScenarios());
    return ExitCode.PASSED;
  }

  @Command(
      name = "keys",
      description = "Prints all keys of scenario files and their meanings.",
      mixinStandardHelpOptions = true)
  int keys() {
    System.out.print(ScenarioReferencePage.text());
    return ExitCode.PASSED;
  }
}
