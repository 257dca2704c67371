package raftlab.cluster.sim;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import raftlab.cluster.DiskFault;
import raftlab.storage.DurableStorage;
import raftlab.storage.MemoryStorage;
import raftlab.storage.SimulatedDisk;
import raftlab.wire.Id;

/**
 * The storage of a simulated machine: a disk that may be slow, or memory that is lost in a crash.
 */
final class SimStorage {
  private final Id machine;

  /** Null for a replica without a disk, which finds nothing after a restart. */
  private final @Nullable SimulatedDisk disk;

  private long syncDelayMicros;

  SimStorage(Id machine, boolean durable, RandomGenerator random) {
    this.machine = machine;
    this.disk = durable ? new SimulatedDisk("the journal of replica " + machine, random) : null;
  }

  /**
   * Opens the storage for a replica that starts; throws the disk's exception if it can't be read.
   */
  DurableStorage open() {
    if (disk == null) {
      return new MemoryStorage();
    }
    disk.open();
    return disk;
  }

  /** Returns how long a sync would take now, in microseconds; 0 if there is nothing to wait for. */
  long syncMicros() {
    return disk != null && disk.hasUnsynced() ? syncDelayMicros : 0;
  }

  void crash() {
    if (disk != null) {
      disk.crash();
    }
  }

  /** Applies a fault; see {@link raftlab.cluster.Cluster#applyDiskFault}. */
  String apply(DiskFault fault, boolean replicaRuns) {
    if (disk == null) {
      throw new IllegalStateException("replica " + machine + " has no disk in this run");
    }
    if (fault instanceof DiskFault.Torn) {
      disk.tearNextWrite();
      return "its next crash leaves a record in part";
    } else if (fault instanceof DiskFault.Corrupt) {
      return corrupt(disk, replicaRuns);
    } else if (fault instanceof DiskFault.Full) {
      disk.setFull(true);
      return "full";
    } else if (fault instanceof DiskFault.Slow slow) {
      syncDelayMicros = slow.syncMillis() * 1000;
      return "each sync takes " + slow.syncMillis() + " ms";
    }
    disk.setFull(false);
    syncDelayMicros = 0;
    return "neither full nor slow any more";
  }

  boolean hasStored() {
    return disk != null && !disk.isEmpty();
  }

  private String corrupt(SimulatedDisk damaged, boolean replicaRuns) {
    if (replicaRuns) {
      throw new IllegalStateException("replica " + machine + " runs, expected one that is down");
    }
    if (damaged.isEmpty()) {
      throw new IllegalStateException("replica " + machine + " has stored nothing");
    }
    return damaged.corrupt();
  }
}
