package raftlab.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import raftlab.scenario.ScenarioException;

/** The command {@code raftlab} itself. */
@Command(
    name = "raftlab",
    description =
        "A lab for replicated key-value stores on Raft: plays scenarios against replicas and judges them.",
    mixinStandardHelpOptions = true,
    versionProvider = RaftlabCommand.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", ExitCode.HELP},
    subcommands = {
      RunCommand.class,
      SuiteCommand.class,
      ScenarioCommand.class,
      ReplCommand.class,
      ReplicaCommandHelp.class,
      CourseScriptCommand.class,
      HandInCommand.class,
      GradeCommand.class,
      RegradeCommand.class,
      AutograderCommand.class,
      CheckCommand.class,
      SwarmCommand.class,
      ShrinkCommand.class,
      ReplayCommand.class,
      ReportCommand.class,
      ExportCommand.class,
      BugsCommand.class,
      DialectCommand.class,
      DoctorCommand.class,
    })
public final class RaftlabCommand implements Runnable {
  @Spec private CommandSpec spec;

  /** The version in the jar's manifest. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = RaftlabCommand.class.getPackage().getImplementationVersion();
      return new String[] {"raftlab " + (version == null ? "(not from a jar)" : version)};
    }
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "found no command, expected one of those below");
  }

  /** Runs the command line; returns the exit code. Bad input never prints a stack trace. */
  public static int run(String[] args) {
    CommandLine line = new CommandLine(new RaftlabCommand());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler(RaftlabCommand::usageError);
    line.setExecutionExceptionHandler((e, command, parsed) -> failed(e, command));
    return line.execute(args);
  }

  private static int usageError(ParameterException wrong, String[] args) {
    CommandLine command = wrong.getCommandLine();
    System.err.println(nameOf(command) + ": " + UsageErrorText.of(wrong, args));
    if (args.length == 0) {
      command.usage(command.getErr());
    } else {
      System.err.println("For help: " + nameOf(command) + " --help");
    }
    return ExitCode.USAGE;
  }

  /** The command's name for users; the course's script has its own. */
  private static String nameOf(CommandLine command) {
    return command.getCommandSpec().userObject() instanceof CourseScriptCommand
        ? "run"
        : command.getCommandSpec().qualifiedName();
  }

  private static int failed(Exception e, CommandLine command) {
    if (e instanceof ScenarioException scenario) {
      scenario.problems().forEach(problem -> System.err.println(problem));
      return ExitCode.USAGE;
    }
    if (e instanceof UsageException
        || e instanceof IOException
        || e instanceof UncheckedIOException) {
      System.err.println(nameOf(command) + ": " + e.getMessage());
      return ExitCode.USAGE;
    }
    System.err.println("raftlab has a bug; please report it with the lines below:");
    e.printStackTrace();
    return ExitCode.FAILED;
  }
}
