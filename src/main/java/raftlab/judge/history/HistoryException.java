package raftlab.judge.history;

import java.io.IOException;

/** A line of a history can't be read; the message says what was found and what was expected. */
final class HistoryException extends IOException {
  HistoryException(String message) {
    super(message);
  }

  static HistoryException expected(String expected, String found) {
    return new HistoryException("found " + found + ", expected " + expected);
  }
}
