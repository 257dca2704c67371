package raftlab.console;

import java.util.Collection;
import java.util.List;
import raftlab.wire.NearestWord;

/** The words after a command's name, taken one by one. */
final class CommandArguments {
  private final ConsoleCommand command;
  private final List<CommandWord> words;
  private int taken;

  CommandArguments(ConsoleCommand command, List<CommandWord> words) {
    this.command = command;
    this.words = words;
  }

  /** How many are left. */
  int left() {
    return words.size() - taken;
  }

  /** The next one; a mistake if there is none. */
  CommandWord next(String what) {
    if (left() == 0) {
      throw new CommandException(
          "expected "
              + what
              + " after "
              + CommandLineSplitter.quote(said())
              + "; usage: "
              + command.usage());
    }
    return words.get(taken++);
  }

  private String said() {
    return taken == 0 ? command.name() : words.get(taken - 1).text();
  }

  /**
   * The last word, if it names a replica with {@code @} and at least so many others come before.
   */
  CommandWord target(int before) {
    CommandWord last = words.isEmpty() ? null : words.get(words.size() - 1);
    return last != null && left() > before && !last.quoted() && last.text().startsWith("@")
        ? last
        : null;
  }

  /** All that are left. */
  List<CommandWord> rest() {
    List<CommandWord> rest = words.subList(taken, words.size());
    taken = words.size();
    return rest;
  }

  /** A mistake if more words than so many are left. */
  void atMost(int most) {
    if (left() > most) {
      throw new CommandException(
          "found "
              + words.get(taken + most).shown()
              + " too much; usage: "
              + command.usage()
              + (command.usage().contains("VALUE") ? " (quotes keep spaces: \"two words\")" : ""));
    }
  }

  /** What is wrong with a word, and the nearest of those that could stand there. */
  static CommandException wrong(String found, String expected, Collection<String> words) {
    return new CommandException(
        "found "
            + CommandLineSplitter.quote(found, 60)
            + ", expected "
            + expected
            + NearestWord.of(found, words).map(word -> "; did you mean " + word + "?").orElse(""));
  }

  /** A whole number within bounds. */
  static long number(CommandWord word, String what, long least, long most) {
    try {
      long number = Long.parseLong(word.text());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // Told below.
    }
    throw wrong(word.text(), what, List.of());
  }
}
