package raftlab.grade.store;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of a hand-in before its scenarios were played.
 *
 * @param format the version of this form
 * @param team the team
 * @param status whether it can be played, and if not, why not
 * @param fault what was responsible if it can't be played
 * @param note a note for readers of the table; may be ""
 * @param leftOut the files that were not copied, each with the reason
 * @param build the build; null if it was not built
 * @param submitted when it was handed in by the times of its files, as in ISO 8601; "" if not known
 * @param seconds how long the copy and the build took
 */
public record HandInRecord(
    int format,
    String team,
    HandInStatus status,
    FaultRecord fault,
    String note,
    List<String> leftOut,
    @Nullable BuildRecord build,
    String submitted,
    double seconds) {
  /** The version that this program writes and reads. */
  public static final int FORMAT = 1;

  /** Copies the list. */
  public HandInRecord {
    leftOut = List.copyOf(leftOut);
  }

  /** Returns the build, if there was one. */
  public Optional<BuildRecord> buildResult() {
    return Optional.ofNullable(build);
  }

  /** Returns the same record with another status. */
  public HandInRecord with(HandInStatus other, FaultRecord itsFault, String itsNote) {
    return new HandInRecord(
        format, team, other, itsFault, itsNote, leftOut, build, submitted, seconds);
  }
}
