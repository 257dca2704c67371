package raftlab.cluster;

import java.util.ArrayList;
import java.util.List;

/** Splits a command line into words. */
public final class CommandSplitter {
  /**
   * A word.
   *
   * @param text the word without its quotes
   * @param quoted whether a part of it was in quotes
   * @param column its first column, from 1
   */
  public record Word(String text, boolean quoted, int column) {}

  private final String line;
  private final boolean isConsole;
  private final List<Word> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private int at;

  private CommandSplitter(String line, boolean isConsole) {
    this.line = line;
    this.isConsole = isConsole;
  }

  /**
   * Splits the command of a program: words are separated by spaces, and {@code '…'} and {@code "…"}
   * keep their content unchanged.
   *
   * @throws IllegalArgumentException if it isn't well formed; the message gives the column
   */
  public static List<String> ofProgram(String line) {
    return of(line, false).stream().map(Word::text).toList();
  }

  /**
   * Splits a line of the console: in addition, {@code "…"} supports {@code \n}, {@code \t}, {@code
   * \"} and {@code \\}, and outside of quotes {@code #} at the beginning of a word starts a
   * comment.
   *
   * @throws IllegalArgumentException if it isn't well formed; the message gives the column
   */
  public static List<Word> ofConsole(String line) {
    return of(line, true);
  }

  private static List<Word> of(String line, boolean isConsole) {
    CommandSplitter words = new CommandSplitter(line, isConsole);
    words.split();
    return words.words;
  }

  private void split() {
    while (true) {
      while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
        at++;
      }
      if (at == line.length() || isConsole && line.charAt(at) == '#') {
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
      word.append(isConsole && c == '\\' && quote == '"' ? escaped() : c);
    }
    throw new IllegalArgumentException("unterminated quote " + quote + " in column " + (from + 1));
  }

  private char escaped() {
    char c = at < line.length() ? line.charAt(at) : '"';
    at++;
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case '"', '\\' -> c;
      default ->
          throw new IllegalArgumentException(
              "found \\"
                  + c
                  + " in column "
                  + (at - 1)
                  + ", expected \\n, \\t, \\\" or \\\\ (or single quotes, which keep everything as it"
                  + " is)");
    };
  }
}
