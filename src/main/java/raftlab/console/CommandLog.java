package raftlab.console;

import java.util.ArrayList;
import java.util.List;

/** The commands that changed the cluster since its start, to be saved as a scenario. */
final class CommandLog {
  private static final int MAX_COMMANDS = 100_000;

  /**
   * A command.
   *
   * @param fromMicros the time of the cluster when it began
   * @param toMicros the time when it ended
   */
  record LoggedCommand(String line, long fromMicros, long toMicros, ConsoleCommandResult result) {}

  private final List<LoggedCommand> commands = new ArrayList<>();

  synchronized void clear() {
    commands.clear();
  }

  synchronized void add(LoggedCommand command) {
    if (commands.size() < MAX_COMMANDS) {
      commands.add(command);
    }
  }

  /** The commands so far. */
  synchronized List<LoggedCommand> commands() {
    return List.copyOf(commands);
  }
}
