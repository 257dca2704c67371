package raftlab.raft;

import raftlab.node.Host;

/**
 * One of the replica's timers, set to a time of its clock.
 *
 * <p>Every message of the leader resets the election timer. Resetting the host's timer each time
 * would cost more than the message. So a timer that is set to a later time keeps the host's timer,
 * and sets it again when that has expired too early.
 */
final class Timer {
  private static final long NEVER = Long.MAX_VALUE;

  private final Host host;
  private final String name;
  private long due = NEVER;
  private long hostTimer = NEVER;

  Timer(Host host, String name) {
    this.host = host;
    this.name = name;
  }

  String name() {
    return name;
  }

  boolean isSet() {
    return due != NEVER;
  }

  /** Expires at this time, and not when it was set to expire before. */
  void setAt(long now, long moment) {
    due = moment;
    if (moment < hostTimer) {
      hostTimer = moment;
      host.setTimer(name, Math.max(0, moment - now));
    }
  }

  /** Expires at this time unless it expires earlier already. */
  void setNoLaterThan(long now, long moment) {
    if (moment < due) {
      setAt(now, moment);
    }
  }

  /** Doesn't expire any more. */
  void cancel() {
    due = NEVER;
  }

  /**
   * The host's timer of this name has expired. Returns whether this timer has; then it is not set
   * any more.
   */
  boolean hasExpired() {
    hostTimer = NEVER;
    if (due == NEVER) {
      return false;
    }
    long now = host.nowMillis();
    if (now < due) {
      setAt(now, due);
      return false;
    }
    due = NEVER;
    return true;
  }
}
