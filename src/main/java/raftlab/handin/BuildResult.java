package raftlab.handin;

import java.util.List;
import java.util.Locale;

/**
 * The result of a team's {@code make}.
 *
 * @param status how it ended
 * @param exitCode the exit code of make; 0 if there was nothing to build
 * @param seconds the duration
 * @param output its first and last lines
 */
public record BuildResult(BuildStatus status, int exitCode, double seconds, List<String> output) {
  /** The ways in which a build can end. */
  public enum BuildStatus {
    /** There is no makefile. */
    NOT_NEEDED,
    /** Make returned 0. */
    DONE,
    /** Make returned another exit code. */
    FAILED,
    /** Make exceeded the time limit, and was killed. */
    TIMED_OUT,
    /** Make printed too much, and was killed. */
    TOO_MUCH_OUTPUT
  }

  /** Copies the list. */
  public BuildResult {
    output = List.copyOf(output);
  }

  /** Whether there may be a program to play. */
  public boolean isGood() {
    return status == BuildStatus.NOT_NEEDED || status == BuildStatus.DONE;
  }

  /** The result in a few words. */
  public String text() {
    return switch (status) {
      case NOT_NEEDED -> "no Makefile, so nothing was built";
      case DONE -> String.format(Locale.ROOT, "make succeeded in %.1f s", seconds);
      case FAILED -> "make failed with exit code " + exitCode;
      case TIMED_OUT ->
          String.format(Locale.ROOT, "make was killed: it exceeded the limit of %.0f s", seconds);
      case TOO_MUCH_OUTPUT -> "make was killed: it printed too much";
    };
  }
}
