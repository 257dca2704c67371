package raftlab.console;

/**
 * One word of a command line.
 *
 * @param text what it says, without its quotes
 * @param quoted whether it stood in quotes: then it is never an option or an ID
 * @param column where it begins, from 1
 */
record CommandWord(String text, boolean quoted, int column) {
  /** The word as a message shows it. */
  String shown() {
    return CommandLineSplitter.quote(text, 60);
  }
}
