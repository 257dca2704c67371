package raftlab.cluster;

/** A capability that not every {@link World} has. */
public enum WorldCapability {
  /** Change the speed of a replica's clock. */
  CLOCK("let clocks run fast or slow"),
  /** Leave an incomplete record at a crash; the kit must know the format of the replica's files. */
  TORN_WRITES("tear a write of this replica"),
  /** Fill a disk, or slow it down. */
  DISK_LIMITS("fill disks or slow them down"),
  /** Stop time between two events, and let timers expire. */
  STEPPING("stop time between two events");

  private final String description;

  WorldCapability(String description) {
    this.description = description;
  }

  /** Returns the exception for a world that lacks this capability. */
  public UnsupportedOperationException unsupportedBy(String world) {
    return new UnsupportedOperationException(
        "the world \"" + world + "\" can't " + description + ", \"sim\" can");
  }
}
