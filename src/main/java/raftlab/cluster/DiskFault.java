package raftlab.cluster;

/** What can be wrong with the disk of a replica that stores what must survive a crash. */
public sealed interface DiskFault {
  /** The slowest sync that can be asked for. */
  long MAX_SYNC_MILLIS = 60_000;

  /**
   * At its next crash a record is on the disk in part, as the machine stopped in the middle of a
   * write. Nobody was told of that record, so a correct replica cuts it off and goes on.
   */
  record Torn() implements DiskFault {}

  /**
   * A byte in the middle of what it has stored is changed, while it is down. A careful replica
   * refuses to start, with a clear error.
   */
  record Corrupt() implements DiskFault {}

  /**
   * Nothing new can be written from now on. A replica that has to must end before it tells anybody
   * what it couldn't write.
   */
  record Full() implements DiskFault {}

  /**
   * From now on a sync that has anything to write takes so long, and the replica handles nothing
   * meanwhile.
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

  /** It isn't full and isn't slow any more. What was corrupted stays so. */
  record Sound() implements DiskFault {}

  /** What a world must be able to do for this fault; null if every world can. */
  default WorldCapability needs() {
    if (this instanceof Torn) {
      return WorldCapability.TORN_WRITES;
    }
    return this instanceof Corrupt ? null : WorldCapability.DISK_LIMITS;
  }
}
