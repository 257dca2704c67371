package raftlab.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Splits a command line into words. {@code '…'} keeps everything as it is, {@code "…"} knows {@code
 * \n}, {@code \t}, {@code \"} and {@code \\}; outside of quotes {@code #} at a word's beginning
 * starts a comment.
 */
final class Words {
  private final String line;
  private final List<Word> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private int at;

  private Words(String line) {
    this.line = line;
  }

  /** The words of a line; none if it is blank or a comment. */
  static List<Word> of(String line) {
    Words words = new Words(line);
    words.split();
    return words.words;
  }

  private void split() {
    while (true) {
      while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
        at++;
      }
      if (at == line.length() || line.charAt(at) == '#') {
        return;
      }
      word();
    }
  }

  private void word() {
    int from = at;
    boolean quoted = false;
    word.setLength(0);
    while (at < line.length() && !Character.isWhitespace(line.charAt(at))) {
      char c = line.charAt(at);
      if (c == '\'' || c == '"') {
        quoted = true;
        quotedPart(c);
      } else {
        word.append(c);
        at++;
      }
    }
    words.add(new Word(word.toString(), quoted, from + 1));
  }

  private void quotedPart(char quote) {
    int from = at++;
    while (at < line.length()) {
      char c = line.charAt(at++);
      if (c == quote) {
        return;
      }
      word.append(c == '\\' && quote == '"' ? escaped() : c);
    }
    throw new Mistake("found a " + quote + " without its partner in column " + (from + 1));
  }

  private char escaped() {
    char c = at < line.length() ? line.charAt(at) : '"';
    at++;
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case '"', '\\' -> c;
      default ->
          throw new Mistake(
              "found \\"
                  + c
                  + " in column "
                  + (at - 1)
                  + ", expected \\n, \\t, \\\" or \\\\ (or single quotes, which keep everything as it"
                  + " is)");
    };
  }

  /** A text in quotes on one line, so that no two texts look the same. */
  static String quote(String text) {
    return quote(text, Integer.MAX_VALUE);
  }

  /** The same, cut off after so many characters. */
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
