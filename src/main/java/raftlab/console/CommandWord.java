package raftlab.console;

/**
 * A word of a command line.
 *
 * @param text the text, without quotes
 * @param quoted whether it was in quotes; then it is never an option or an ID
 * @param column its first column, from 1
 */
record CommandWord(String text, boolean quoted, int column) {
  /** The word for a message. */
  String displayText() {
    return ConsoleWords.quote(text, 60);
  }
}
