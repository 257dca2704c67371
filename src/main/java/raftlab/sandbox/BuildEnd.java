package raftlab.sandbox;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import raftlab.cluster.process.UsageLimit;

/**
 * How a build ended.
 *
 * @param fault whose fault it is if it failed
 * @param exitCode its exit code; 128 + n if signal n ended it
 * @param timedOut whether it was killed at its time limit
 * @param limit the limit that it exceeded, if it was ended for that
 * @param reason what went wrong, in words; empty if nothing did
 * @param seconds the duration
 * @param output its first and last lines
 */
public record BuildEnd(
    Fault fault,
    int exitCode,
    boolean timedOut,
    Optional<UsageLimit> limit,
    String reason,
    double seconds,
    List<String> output) {
  /** Copies the list. */
  public BuildEnd {
    output = List.copyOf(output);
  }

  /** The end in a few words. */
  public String text() {
    if (isGood()) {
      return String.format(Locale.ROOT, "make succeeded in %.1f s", seconds);
    }
    boolean isPlainExit = fault == Fault.SUBMISSION && limit.isEmpty() && !timedOut;
    return (isPlainExit ? "make failed with " : "make was killed: ") + reason;
  }

  /** Whether the build succeeded. */
  public boolean isGood() {
    return fault == Fault.NONE;
  }
}
