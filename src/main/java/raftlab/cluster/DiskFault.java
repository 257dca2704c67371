package raftlab.cluster;

import org.jspecify.annotations.Nullable;

/** A fault of a replica's disk. */
public sealed interface DiskFault {
  /** The slowest sync, in milliseconds. */
  long MAX_SYNC_MILLIS = 60_000;

  /**
   * The next crash leaves an incomplete record at the end, as if the machine had stopped in the
   * middle of a write. The replica had not acknowledged that record, so a correct replica discards
   * it and continues.
   */
  record Torn() implements DiskFault {}

  /**
   * A byte in the middle of the stored data is changed, while the replica is down. A careful
   * replica refuses to start with a clear error.
   */
  record Corrupt() implements DiskFault {}

  /**
   * Writes fail from now on. A replica that must write has to exit before it acknowledges what it
   * couldn't write.
   */
  record Full() implements DiskFault {}

  /**
   * A sync that has data to write takes {@code syncMillis} from now on; the replica handles nothing
   * in the meantime.
   *
   * @param syncMillis 1 to {@link #MAX_SYNC_MILLIS}
   */
  record Slow(long syncMillis) implements DiskFault {
    /** Checks the bounds. */
    public Slow {
      if (syncMillis < 1 || syncMillis > MAX_SYNC_MILLIS) {
        throw new IllegalArgumentException(
            "a slow sync takes 1 to " + MAX_SYNC_MILLIS + " ms, not " + syncMillis);
      }
    }
  }

  /** The disk is neither full nor slow any more. Corrupt data stays corrupt. */
  record Repaired() implements DiskFault {}

  /** Returns the capability that a world needs for this fault; null if every world has it. */
  default @Nullable WorldCapability requiredCapability() {
    if (this instanceof Torn) {
      return WorldCapability.TORN_WRITES;
    }
    return this instanceof Corrupt ? null : WorldCapability.DISK_LIMITS;
  }
}
