package raftlab.scenario;

import java.util.Optional;

/**
 * One mistake in a file, in words for its author.
 *
 * @param file the file, as the user named it
 * @param line the line, from 1; 0 if the problem concerns the whole file
 * @param column the column in characters, from 1; 0 if the problem concerns the whole file
 * @param found what the file has, as the first half of a sentence
 * @param expected what should be there, with type and bounds
 * @param suggestion a likely correction; if there is one, it is printed instead of {@code expected}
 */
public record FileProblem(
    String file, int line, int column, String found, String expected, Optional<String> suggestion) {

  /** A problem at one place, without a suggestion. */
  public FileProblem(String file, int line, int column, String found, String expected) {
    this(file, line, column, found, expected, Optional.empty());
  }

  /** A problem of the file as a whole. */
  public static FileProblem ofFile(String file, String found, String expected) {
    return new FileProblem(file, 0, 0, found, expected);
  }

  /** One line: {@code file:line:column: found; expected …}. */
  @Override
  public String toString() {
    String place = line == 0 ? file : file + ":" + line + ":" + column;
    String rest = suggestion.orElse(expected.isEmpty() ? "" : "expected " + expected);
    return place + ": " + found + (rest.isEmpty() ? "" : "; " + rest);
  }
}
