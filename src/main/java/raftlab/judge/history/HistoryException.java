package raftlab.judge.history;

import java.io.IOException;

/** A line of a history can't be read; the message says what was found and what was expected. */
final class HistoryException extends IOException {
  private final String text;
  private final int line;

  HistoryException(String message) {
    this(message, 0);
  }

  private HistoryException(String message, int line) {
    super(message);
    this.text = message;
    this.line = line;
  }

  static HistoryException expected(String expected, String found) {
    return new HistoryException("found " + found + ", expected " + expected);
  }

  /** The same in this line, unless its line is known already. */
  HistoryException at(int number) {
    return line > 0 ? this : inLine(number);
  }

  /** The same in this line, for what was read from a part of a line. */
  HistoryException inLine(int number) {
    return new HistoryException(text, number);
  }

  /** The number of the line; 0 if it isn't known. */
  int line() {
    return line;
  }
}
