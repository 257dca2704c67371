package raftlab.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;

/** Commands that write what was done as a scenario file. */
final class SaveCommands {
  private final ConsoleSession session;
  private final ConsoleOutput output;

  /** The file of `record`; null if nothing is being recorded. */
  private @Nullable Path recording;

  SaveCommands(ConsoleSession session) {
    this.session = session;
    this.output = session.output();
  }

  List<ConsoleCommand> all() {
    return List.of(
        ConsoleCommand.onLab(
            "save FILE.json [--expect]",
            "write what was done since the start as a scenario, which `raftlab run` plays",
            """
            save mine.json            requests may be answered in any way
            save mine.json --expect   requests that were answered ok must be answered ok again
            Faults, requests and waits become steps. Commands about single messages and timers have no such step;
            they are left out, and named.\
            """,
            this::save),
        ConsoleCommand.onLab(
            "record FILE.json",
            "begin a recording, which `end` writes as a scenario",
            "record mine.json   the same as `save mine.json` at the end",
            this::record),
        ConsoleCommand.onLab(
            "end", "end the recording, and write its file", "See `help record`.", this::end));
  }

  private ConsoleCommandResult save(CommandArguments arguments) throws IOException {
    boolean expect = arguments.takeOption("--expect");
    Path file = file(arguments);
    write(file, expect);
    return ConsoleCommandResult.DONE;
  }

  private static Path file(CommandArguments arguments) {
    String name = arguments.next("a file").text();
    arguments.requireAtMost(0);
    try {
      if (name.endsWith(".json")) {
        Path file = Path.of(name);
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
          throw new CommandException("found no folder " + folder + ", expected an existing one");
        }
        return file;
      }
    } catch (InvalidPathException notAName) {
      // Reported below.
    }
    throw new CommandException(
        "found " + ConsoleWords.quote(name, 60) + ", expected a file name that ends in .json");
  }

  private ConsoleCommandResult record(CommandArguments arguments) {
    session.cluster();
    recording = file(arguments);
    output.print("recording; `end` writes " + recording);
    return ConsoleCommandResult.DONE;
  }

  private ConsoleCommandResult end(CommandArguments arguments) throws IOException {
    arguments.requireAtMost(0);
    Path file = recording;
    if (file == null) {
      throw new CommandException(
          "nothing is being recorded; `record FILE.json` begins a recording");
    }
    write(file, false);
    recording = null;
    return ConsoleCommandResult.DONE;
  }

  private void write(Path file, boolean expect) throws IOException {
    LiveCluster cluster = session.cluster();
    CommandsToScenario scenario = CommandsToScenario.of(cluster, session.commandsSoFar(), expect);
    try {
      ScenarioReader.read(file.getFileName().toString(), scenario.json());
    } catch (ScenarioException invalid) {
      throw new CommandException(
          "these commands make no valid scenario: " + invalid.problems().get(0));
    }
    Files.writeString(file, scenario.json());
    output.print(
        QuantityParser.count(scenario.steps(), "step", "steps")
            + " written to "
            + file
            + "; `raftlab run "
            + file
            + "` plays it");
    if (!scenario.leftOut().isEmpty()) {
      output.print(
          output.style().warning("left out, since scenarios have no such step: ")
              + String.join("; ", scenario.leftOut()));
    }
  }
}
