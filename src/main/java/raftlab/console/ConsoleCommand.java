package raftlab.console;

import java.util.List;

/**
 * A command of the console.
 *
 * @param usage its name and arguments
 * @param summary a short description
 * @param details further help, one paragraph per line
 */
record ConsoleCommand(
    String usage, String summary, List<String> details, ExecutionThread thread, Action action) {
  /** The thread on which a command runs. */
  enum ExecutionThread {
    /** The lab's thread: the command may use the cluster. */
    LAB,
    /** The thread that reads commands, while the cluster keeps running. */
    READER
  }

  /** The action of a command. */
  interface Action {
    ConsoleCommandResult run(CommandArguments arguments) throws Exception;
  }

  static ConsoleCommand onLab(String usage, String summary, String details, Action action) {
    return new ConsoleCommand(
        usage, summary, details.lines().toList(), ExecutionThread.LAB, action);
  }

  static ConsoleCommand onReader(String usage, String summary, String details, Action action) {
    return new ConsoleCommand(
        usage, summary, details.lines().toList(), ExecutionThread.READER, action);
  }

  /** The first word. */
  String name() {
    return usage.split(" ", 2)[0];
  }
}
