package raftlab.console;

import java.util.List;
import java.util.Locale;
import raftlab.cluster.CommandSplitter;

/** The words of a command line of the console, and texts in quotes as these read them. */
final class ConsoleWords {
  private ConsoleWords() {}

  /** The words of a line; none if it is blank or a comment. */
  static List<CommandWord> of(String line) {
    try {
      return CommandSplitter.ofConsole(line).stream()
          .map(word -> new CommandWord(word.text(), word.quoted(), word.column()))
          .toList();
    } catch (IllegalArgumentException wrong) {
      throw new CommandException(wrong);
    }
  }

  /** A text in quotes on one line, so that no two texts look the same. */
  static String quote(String text) {
    return quote(text, Integer.MAX_VALUE);
  }

  /** Quotes a text, truncated to {@code most} characters. */
  static String quote(String text, int most) {
    StringBuilder shown = new StringBuilder("\"");
    for (int i = 0; i < Math.min(text.length(), most); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> shown.append("\\n");
        case '\t' -> shown.append("\\t");
        case '"', '\\' -> shown.append('\\').append(c);
        default ->
            shown.append(
                Character.isISOControl(c) ? String.format(Locale.ROOT, "\\u%04x", (int) c) : c);
      }
    }
    return shown.append('"').append(text.length() > most ? "…" : "").toString();
  }
}
