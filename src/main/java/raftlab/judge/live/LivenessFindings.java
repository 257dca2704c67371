package raftlab.judge.live;

import java.util.Locale;
import raftlab.judge.invariant.FirstViolations;

/** What stretches of calm show: what was violated, and how long they are. */
public final class LivenessFindings extends FirstViolations {
  private long stableMicros;
  private boolean isLeaderUnknown;

  LivenessFindings() {}

  /**
   * Returns the total length of all stable periods that were long enough to judge, in seconds; 0 if
   * in one of them no leader was known for too long.
   */
  public double stableSeconds() {
    return isLeaderUnknown ? 0 : stableMicros / 1e6;
  }

  /**
   * Notes that no leader was known for the bound within a stable period: progress is not confirmed
   * then.
   */
  void leaderUnknown() {
    isLeaderUnknown = true;
  }

  void addStableTime(long micros) {
    stableMicros += micros;
  }

  /** A time in words. */
  static String seconds(long micros) {
    return String.format(Locale.ROOT, "%.1f s", micros / 1e6);
  }
}
