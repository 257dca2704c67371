package raftlab.console;

import java.util.List;

/**
 * A command of the console.
 *
 * @param usage its name and what may follow
 * @param summary what it does, in a few words
 * @param details more about it, a paragraph a line
 */
record ConsoleCommand(
    String usage, String summary, List<String> details, Place place, Action action) {
  /** Where a command runs. */
  enum Place {
    /** On the lab's thread: it may use the cluster. */
    LAB,
    /** On the thread that reads commands, while the cluster goes on by itself. */
    READER
  }

  /** What a command does. */
  interface Action {
    CommandResult run(CommandArguments arguments) throws Exception;
  }

  static ConsoleCommand onLab(String usage, String summary, String details, Action action) {
    return new ConsoleCommand(usage, summary, details.lines().toList(), Place.LAB, action);
  }

  static ConsoleCommand onReader(String usage, String summary, String details, Action action) {
    return new ConsoleCommand(usage, summary, details.lines().toList(), Place.READER, action);
  }

  /** Its first word. */
  String name() {
    return usage.split(" ", 2)[0];
  }
}
