package raftlab.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
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
    commands = new CommandRegistry(session, this::execute);
    lab = new LabThread(session::advance);
    session.setLabThread(lab);
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
    List<CommandWord> words = List.of();
    try {
      words = ConsoleWords.of(line);
      if (words.isEmpty()) {
        return ConsoleCommandResult.DONE;
      }
      command = commands.find(words);
      arguments = new CommandArguments(command, words.subList(1, words.size()));
    } catch (CommandException mistake) {
      int column = words.isEmpty() ? 1 : words.get(0).column();
      session.output().printError(at(where, column) + mistake.getMessage());
      return ConsoleCommandResult.WRONG;
    }
    long from = System.nanoTime();
    long clusterFrom = clusterMicros();
    ConsoleCommandResult result = run(command, arguments, line, where);
    if (result.isFailure() && !where.isEmpty()) {
      session
          .output()
          .printError(at(where, words.get(0).column()) + "command failed: " + line.strip());
    }
    if (session.isTiming()) {
      printTiming(System.nanoTime() - from, clusterMicros() - clusterFrom);
    }
    session.executed(command.name(), result);
    return result;
  }

  private static String at(String where, int column) {
    return where.isEmpty() ? "" : where + column + ": ";
  }

  private long clusterMicros() {
    LiveCluster cluster = session.clusterOrNull();
    return cluster == null ? 0 : cluster.shownMicros();
  }

  private void printTiming(long nanos, long clusterMicros) {
    LiveCluster cluster = session.clusterOrNull();
    boolean differs = cluster != null && cluster.isSteppable() && clusterMicros > 0;
    String text =
        "took "
            + QuantityParser.time(nanos / 1000)
            + (differs ? ", " + QuantityParser.time(clusterMicros) + " of the cluster's time" : "");
    session.output().print(session.output().style().faint(text));
  }

  private ConsoleCommandResult run(
      ConsoleCommand command, CommandArguments arguments, String line, String where) {
    Callable<ConsoleCommandResult> work = () -> command.action().run(arguments);
    try {
      return command.thread() == ExecutionThread.LAB ? onLab(command, work, line) : work.call();
    } catch (CommandException mistake) {
      session.output().printError(at(where, arguments.column()) + mistake.getMessage());
    } catch (ScenarioException bad) {
      bad.problems()
          .forEach(problem -> session.output().printError(at(where, arguments.column()) + problem));
    } catch (IOException | UncheckedIOException e) {
      session.output().printError(at(where, arguments.column()) + e.getMessage());
    } catch (Exception bug) {
      session.output().printError(where + " raftlab has a bug; please report it: " + bug);
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
          long from = before == null ? 0 : before.lab().nowMicros();
          ConsoleCommandResult result = ConsoleCommandResult.WRONG;
          try {
            result = work.call();
            return result;
          } finally {
            if (command.changesCluster()) {
              session.recordMoment(line.strip(), before, steps, events);
              session.log(line.strip(), before, from, result);
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
   * Runs a script to its end or to {@code quit}.
   *
   * @param name the name of the script in error messages
   * @param stopsOnError whether it stops at the first command that is wrong or fails
   * @return the worst result
   */
  public ConsoleCommandResult play(BufferedReader script, String name, boolean stopsOnError)
      throws IOException {
    return new ScriptPlayer(session, this::execute, stopsOnError).play(script, name);
  }

  /**
   * Runs a script, and prints one JSON object for each command.
   *
   * @see #play the parameters
   */
  public ConsoleCommandResult playJson(
      BufferedReader script, String name, boolean stopsOnError, PrintStream out)
      throws IOException {
    return new JsonScript(session, this::execute, out).play(script, name, stopsOnError);
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
