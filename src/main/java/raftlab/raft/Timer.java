package raftlab.raft;

import raftlab.node.Host;

/**
 * One of the replica's timers, set to a moment of its clock.
 *
 * <p>An election timeout is put off with every message of the leader. Telling the host each time
 * would cost more than the message; so an alarm that is put off lets the host's timer come, sees
 * that it is too early, and sets it again.
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

  /** Rings at this moment, and not when it was set to ring before. */
  void setAt(long now, long moment) {
    due = moment;
    if (moment < hostTimer) {
      hostTimer = moment;
      host.setTimer(name, Math.max(0, moment - now));
    }
  }

  /** Rings at this moment unless it rings earlier anyway. */
  void setNoLaterThan(long now, long moment) {
    if (moment < due) {
      setAt(now, moment);
    }
  }

  /** Doesn't ring any more. */
  void cancel() {
    due = NEVER;
  }

  /**
   * The host's timer of this name has come. Whether the alarm rings; it is not set any more then.
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
