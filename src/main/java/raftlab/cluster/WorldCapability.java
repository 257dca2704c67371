package raftlab.cluster;

/** What not every {@link World} can do to replicas. */
public enum WorldCapability {
  /** Let a replica's clock run fast or slow. */
  CLOCK("let clocks run fast or slow"),
  /** Leave a record in part at a crash: that takes knowing the form of what a replica stores. */
  TORN_WRITES("tear a write of this replica"),
  /** Fill a disk, or slow it down. */
  DISK_LIMITS("fill disks or slow them down");

  private final String words;

  WorldCapability(String words) {
    this.words = words;
  }

  /** What is thrown where it is asked for in vain. */
  public UnsupportedOperationException missingIn(String world) {
    return new UnsupportedOperationException(
        "the world \"" + world + "\" can't " + words + ", \"sim\" can");
  }
}
