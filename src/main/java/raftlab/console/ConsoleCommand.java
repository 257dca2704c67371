package raftlab.console;

import java.util.List;

/**
 * A command of the console.
 *
 * @param usage its name and arguments
 * @param summary a short description
 * @param details examples and further help, one per line
 * @param changesCluster whether it may change the cluster: then `back` undoes it in the simulated
 *     world
 */
record ConsoleCommand(
    String usage,
    String summary,
    List<String> details,
    ExecutionThread thread,
    boolean changesCluster,
    Action action) {
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

  /** A command that looks at the cluster and leaves it as it is. */
  static ConsoleCommand onLab(String usage, String summary, String details, Action action) {
    return new ConsoleCommand(
        usage, summary, details.lines().toList(), ExecutionThread.LAB, false, action);
  }

  /** A command that may change the cluster or let time pass. */
  static ConsoleCommand changing(String usage, String summary, String details, Action action) {
    return new ConsoleCommand(
        usage, summary, details.lines().toList(), ExecutionThread.LAB, true, action);
  }

  static ConsoleCommand onReader(String usage, String summary, String details, Action action) {
    return new ConsoleCommand(
        usage, summary, details.lines().toList(), ExecutionThread.READER, false, action);
  }

  /** The first word. */
  String name() {
    return usage.split(" ", 2)[0];
  }
}
