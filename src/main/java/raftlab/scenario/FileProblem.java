package raftlab.scenario;

import java.util.Optional;

/**
 * One mistake in a file, for the person who wrote it.
 *
 * @param file the file, as it was named
 * @param line from 1; 0 if the problem isn't one of a line
 * @param column from 1, in characters; 0 if the problem isn't one of a line
 * @param found what is there, as the first half of a sentence
 * @param expected what should be there, with type and bounds
 * @param suggestion what was probably meant; when there is one, it is printed in place of what was
 *     expected
 */
public record FileProblem(
    String file, int line, int column, String found, String expected, Optional<String> suggestion) {

  /** A problem of a line, without a guess at what was meant. */
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
