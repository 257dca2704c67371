package raftlab.grade.store;

import java.util.List;

/**
 * The build of a hand-in.
 *
 * @param good whether there may be a program to play
 * @param text the result in a few words
 * @param exitCode the exit code of make; 0 if there was nothing to build
 * @param seconds the duration
 * @param output the first and last lines of its output
 */
public record BuildRecord(
    boolean good, String text, int exitCode, double seconds, List<String> output) {
  /** Copies the list. */
  public BuildRecord {
    output = List.copyOf(output);
  }
}
