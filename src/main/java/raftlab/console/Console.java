package raftlab.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import raftlab.console.ConsoleCommand.ExecutionThread;
import raftlab.scenario.ScenarioException;

/**
 * The console: runs commands, one line at a time. Lines come from a script ({@link #play}) or from
 * a user at a {@link TerminalPrompt}.
 */
public final class Console implements AutoCloseable {
  private final ConsoleSession session;
  private final CommandRegistry commands;
  private final LabThread lab;

  /**
   * Creates a console without a cluster.
   *
   * @param seed the seed that the user chose; empty for a new one each time
   */
  public Console(
      ConsoleWorlds worlds,
      OptionalLong seed,
      LongSupplier newSeed,
      ScenarioLibrary library,
      ConsoleOutput screen) {
    session = new ConsoleSession(worlds, seed, newSeed, library, screen);
    commands = new CommandRegistry(session);
    lab = new LabThread(session::advance);
  }

  ConsoleSession session() {
    return session;
  }

  CommandRegistry commands() {
    return commands;
  }

  /**
   * Runs one line.
   *
   * @param where a prefix for error messages, such as {@code script:3: }; may be empty
   */
  ConsoleCommandResult execute(String line, String where) {
    session.interruptFlag().reset();
    ConsoleCommand command;
    CommandArguments arguments;
    try {
      List<CommandWord> words = ConsoleWords.of(line);
      if (words.isEmpty()) {
        return ConsoleCommandResult.DONE;
      }
      command = commands.find(words);
      arguments = new CommandArguments(command, words.subList(1, words.size()));
    } catch (CommandException mistake) {
      session.output().printError(where + mistake.getMessage());
      return ConsoleCommandResult.WRONG;
    }
    ConsoleCommandResult result = run(command, arguments, line, where);
    if (result.isFailure() && !where.isEmpty()) {
      session.output().printError(where + "command failed: " + line.strip());
    }
    return result;
  }

  private ConsoleCommandResult run(
      ConsoleCommand command, CommandArguments arguments, String line, String where) {
    Callable<ConsoleCommandResult> work = () -> command.action().run(arguments);
    try {
      return command.thread() == ExecutionThread.LAB ? onLab(command, work, line) : work.call();
    } catch (CommandException mistake) {
      session.output().printError(where + mistake.getMessage());
    } catch (ScenarioException bad) {
      bad.problems().forEach(problem -> session.output().printError(where + problem));
    } catch (IOException | UncheckedIOException e) {
      session.output().printError(where + e.getMessage());
    } catch (Exception bug) {
      session.output().printError(where + "raftlab has a bug; please report it: " + bug);
      return ConsoleCommandResult.FAILED;
    }
    return ConsoleCommandResult.WRONG;
  }

  private ConsoleCommandResult onLab(
      ConsoleCommand command, Callable<ConsoleCommandResult> work, String line) throws Exception {
    return lab.call(
        () -> {
          LiveCluster before = session.clusterOrNull();
          long steps = before == null ? 0 : before.steps();
          int events = before == null ? 0 : before.eventCount();
          try {
            return work.call();
          } finally {
            if (command.changesCluster()) {
              session.recordMoment(line.strip(), before, steps, events);
            }
            // The next prompt shows the new state.
            session.refreshSnapshot();
          }
        });
  }

  /** Makes the running command end soon; may be called from any thread. */
  void stop() {
    session.interruptFlag().interrupt();
  }

  /**
   * Runs a script to its end or to {@code quit}; continues after errors.
   *
   * @param name the name of the script in error messages
   * @return the worst result
   */
  public ConsoleCommandResult play(BufferedReader script, String name) throws IOException {
    ConsoleCommandResult worst = ConsoleCommandResult.DONE;
    int number = 0;
    for (String line = script.readLine(); line != null; line = script.readLine()) {
      number++;
      if (!line.isBlank()) {
        boolean comment = line.strip().startsWith("#");
        session
            .output()
            .print(session.output().style().faint((comment ? "" : "> ") + line.strip()));
        worst = worst.worse(execute(line, name + ":" + number + ": "));
      }
      if (session.isOver()) {
        break;
      }
    }
    return worst;
  }

  /** Stops all replicas. */
  @Override
  public void close() {
    try {
      lab.call(
          () -> {
            session.close();
            return null;
          });
    } catch (Exception broken) {
      // Remaining processes end with this process: the cluster ensures that.
      session.output().printError("can't stop all replicas: " + broken);
    }
    lab.close();
  }
}
