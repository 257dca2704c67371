package raftlab.console;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import raftlab.wire.NearestWord;

/** The words after a command's name, read one by one. */
final class CommandArguments {
  private final ConsoleCommand command;
  private final List<CommandWord> words;
  private int nextIndex;

  CommandArguments(ConsoleCommand command, List<CommandWord> words) {
    this.command = command;
    this.words = new ArrayList<>(words);
  }

  /** Takes this option out of the words; returns whether it was there. */
  boolean takeOption(String option) {
    return words.removeIf(word -> !word.quoted() && word.text().equals(option));
  }

  /** Takes this option and its value out of the words; null if it isn't there. */
  @Nullable String takeOptionValue(String option, String what) {
    for (int i = nextIndex; i < words.size(); i++) {
      CommandWord word = words.get(i);
      if (!word.quoted() && word.text().equals(option)) {
        if (i + 1 == words.size()) {
          throw new CommandException(
              "expected " + what + " after " + option + "; usage: " + command.usage());
        }
        words.remove(i);
        return words.remove(i).text();
      }
    }
    return null;
  }

  /** The number of unread words. */
  int remaining() {
    return words.size() - nextIndex;
  }

  /** The column of the word that was read last. */
  int column() {
    int last = Math.min(nextIndex, words.size()) - 1;
    return last < 0 ? 1 : words.get(last).column();
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

  /** Takes this last word, if more than this number of words are left. */
  boolean takeLast(String word, int before) {
    CommandWord last = words.isEmpty() ? null : words.get(words.size() - 1);
    boolean found =
        last != null && remaining() > before && !last.quoted() && last.text().equals(word);
    if (found) {
      words.remove(words.size() - 1);
    }
    return found;
  }

  /** Takes the last two words, if the first of them is this; at least this number stay. */
  @Nullable String takeLastOption(String option, String what, int before) {
    int at = words.size() - 2;
    if (at - nextIndex < before || words.get(at).quoted() || !words.get(at).text().equals(option)) {
      boolean isUnfinished = remaining() > before && takeLast(option, before);
      if (isUnfinished) {
        throw new CommandException(
            "expected " + what + " after " + option + "; usage: " + command.usage());
      }
      return null;
    }
    words.remove(at);
    return words.remove(at).text();
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

  /** All unread words as one line that gives the same words again. */
  String text() {
    return rest().stream()
        .map(word -> word.quoted() ? ConsoleWords.quote(word.text()) : word.text())
        .collect(Collectors.joining(" "));
  }

  /** All unread words. */
  List<CommandWord> rest() {
    List<CommandWord> rest = List.copyOf(words.subList(nextIndex, words.size()));
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
