package raftlab.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import raftlab.replica.ReplicaMain;
import raftlab.replica.ReplicaOptions;

/** The help of the command that {@link raftlab.Main} runs itself, before this package is loaded. */
@Command(
    name = "replica",
    description =
        "Runs the reference replica, with the course's command line. It runs until it is killed.",
    customSynopsis = "raftlab replica [OPTION]... PORT ID ID...")
final class ReplicaCommandHelp implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      description = "show this help and the options of the reference replica")
  private boolean help;

  @Parameters(
      paramLabel = "PORT",
      index = "0",
      arity = "0..1",
      description = "the UDP port of the kit on localhost")
  private String port;

  @Parameters(
      paramLabel = "ID",
      index = "1..*",
      description =
          "this replica's own ID, then the IDs of all others: four hexadecimal digits each")
  private List<String> ids = new ArrayList<>();

  @Override
  public Integer call() {
    if (!help) {
      List<String> args = new ArrayList<>(ids);
      args.add(0, port);
      return ReplicaMain.run(args);
    }
    CommandLine commandLine = spec.commandLine();
    commandLine.usage(commandLine.getOut());
    commandLine.getOut().println();
    commandLine.getOut().println("Options of the reference replica, each with its default:");
    commandLine.getOut().print(ReplicaOptions.help());
    commandLine
        .getOut()
        .println(
            "The options can also be set in the environment variable "
                + ReplicaOptions.ENVIRONMENT_VARIABLE
                + ".");
    commandLine.getOut().flush();
    return ExitCode.PASSED;
  }
}
