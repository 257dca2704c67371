package raftlab.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import raftlab.console.Console;
import raftlab.console.ConsoleOutput;
import raftlab.console.ScenarioLibrary;
import raftlab.console.TerminalPrompt;
import raftlab.report.TerminalStyle;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.suite.Suite;
import raftlab.suite.SuiteReader;

/** Opens the console. */
@Command(
    name = "repl",
    description =
        "Opens the console, in which you start replicas, put, get, crash, partition and heal by"
            + " hand.",
    mixinStandardHelpOptions = true,
    footer = {"", "In the console, `help` shows all commands.", "", ExitCode.HELP})
final class ReplCommand implements Callable<Integer> {
  @Mixin private WorldOptions worldOptions;

  @Option(names = "--stop-on-error", description = "stop a script at its first error; the default")
  private boolean stopOnError;

  @Option(
      names = "--json",
      description = "print one JSON object for each command of a script, for programs")
  private boolean json;

  @Option(names = "--keep-going", description = "continue a script after errors")
  private boolean keepGoing;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "a script with one console command per line; # starts a comment")
  private Path file;

  @Override
  public Integer call() throws IOException {
    if (stopOnError && keepGoing) {
      throw new UsageException("found --stop-on-error and --keep-going, expected one of them");
    }
    OptionalLong seed =
        worldOptions.hasSeed() ? OptionalLong.of(worldOptions.seedOrNew()) : OptionalLong.empty();
    TerminalStyle style = json ? new TerminalStyle(false) : TerminalStyle.ofStdout();
    boolean person =
        file == null && !json && TerminalStyle.isTerminal(0) && TerminalStyle.isTerminal(1);
    ConsoleOutput screen = new ConsoleOutput(System.out, person ? System.out : System.err, style);
    try (Console console =
        new Console(
            worldOptions.consoleWorlds(),
            seed,
            WorldOptions::newSeed,
            new ShippedScenarios(),
            screen)) {
      if (person) {
        TerminalPrompt.run(console);
        return ExitCode.PASSED;
      }
      try (BufferedReader script = scriptReader()) {
        String name = file == null ? "line" : file.toString();
        if (json) {
          return console.playJson(script, name, !keepGoing, System.out).exitCode();
        }
        return console.play(script, name, !keepGoing).exitCode();
      }
    }
  }

  private BufferedReader scriptReader() throws IOException {
    if (file == null) {
      return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    }
    if (Files.isDirectory(file) || !Files.isReadable(file)) {
      throw new UsageException(
          "found " + file + ", expected a readable file with console commands");
    }
    return new BufferedReader(
        new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8));
  }

  /** The scenarios and suites of the kit, and of files. */
  private static final class ShippedScenarios implements ScenarioLibrary {
    @Override
    public Scenario scenario(String nameOrFile) throws ScenarioException, IOException {
      try {
        return ScenarioFinder.find(nameOrFile);
      } catch (UsageException | InvalidPathException unknown) {
        throw new IOException(unknown.getMessage(), unknown);
      }
    }

    @Override
    public Suite suite(String nameOrFolder) throws ScenarioException {
      return SuiteReader.read(nameOrFolder, KitHome.configs());
    }

    @Override
    public List<String> scenarios() {
      return ScenarioFinder.names();
    }

    @Override
    public List<String> suites() {
      return SuiteReader.names(KitHome.configs());
    }
  }
}
