package raftlab.console;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import raftlab.wire.NearestWord;

/** The words after a command's name, read one by one. */
final class CommandArguments {
  private final ConsoleCommand command;
  private final List<CommandWord> words;
  private int nextIndex;

  CommandArguments(ConsoleCommand command, List<CommandWord> words) {
    this.command = command;
    this.words = words;
  }

  /** The number of unread words. */
  int remaining() {
    return words.size() - nextIndex;
  }

  /** The next word; throws if there is none. */
  CommandWord next(String what) {
    if (remaining() == 0) {
      throw new CommandException(
          "expected "
              + what
              + " after "
              + ConsoleWords.quote(lastWord())
              + "; usage: "
              + command.usage());
    }
    return words.get(nextIndex++);
  }

  private String lastWord() {
    return nextIndex == 0 ? command.name() : words.get(nextIndex - 1).text();
  }

  /**
   * The last word, if it names a replica with {@code @} and more than this number of words are
   * left.
   */
  @Nullable CommandWord target(int before) {
    CommandWord last = words.isEmpty() ? null : words.get(words.size() - 1);
    return last != null && remaining() > before && !last.quoted() && last.text().startsWith("@")
        ? last
        : null;
  }

  /** All unread words. */
  List<CommandWord> rest() {
    List<CommandWord> rest = words.subList(nextIndex, words.size());
    nextIndex = words.size();
    return rest;
  }

  /** Throws if more than this number of words are left. */
  void requireAtMost(int most) {
    if (remaining() > most) {
      throw new CommandException(
          "unexpected argument "
              + words.get(nextIndex + most).displayText()
              + "; usage: "
              + command.usage()
              + (command.usage().contains("VALUE") ? " (quotes keep spaces: \"two words\")" : ""));
    }
  }

  /** An error for an invalid word, with the nearest valid one. */
  static CommandException invalidWord(String found, String expected, Collection<String> words) {
    return new CommandException(
        "found "
            + ConsoleWords.quote(found, 60)
            + ", expected "
            + expected
            + NearestWord.of(found, words).map(word -> "; did you mean " + word + "?").orElse(""));
  }

  /** Parses a whole number within bounds. */
  static long number(CommandWord word, String what, long least, long most) {
    try {
      long number = Long.parseLong(word.text());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // Reported below.
    }
    throw invalidWord(word.text(), what, List.of());
  }
}
