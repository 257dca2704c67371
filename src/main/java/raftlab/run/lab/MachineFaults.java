package raftlab.run.lab;

import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import raftlab.cluster.Cluster;
import raftlab.cluster.DiskFault;
import raftlab.cluster.World;
import raftlab.cluster.WorldCapability;
import raftlab.trace.Event;
import raftlab.trace.FaultEffect;
import raftlab.trace.FaultEffect.Disk;
import raftlab.trace.Trace;
import raftlab.wire.Id;

/** Applies faults to the machines of a lab's replicas: pauses, clocks, disks. */
public final class MachineFaults {
  private final World world;
  private final Cluster cluster;
  private final ReplicaStates replicaStates;
  private final Trace trace;
  private final Set<Id> fullDisks = new TreeSet<>();
  private final Set<Id> corruptedDisks = new TreeSet<>();

  MachineFaults(World world, Cluster cluster, ReplicaStates replicaStates, Trace trace) {
    this.world = world;
    this.cluster = cluster;
    this.replicaStates = replicaStates;
    this.trace = trace;
  }

  /** Pauses a replica; see {@link Lab#pause}. */
  void pause(Id replica) {
    changeState(replica, ReplicaState.READY, ReplicaState.PAUSED);
    cluster.pause(replica);
    trace.add(new Event.Paused(cluster.nowMicros(), replica));
  }

  /** Resumes a replica; see {@link Lab#resume}. */
  void resume(Id replica) {
    changeState(replica, ReplicaState.PAUSED, ReplicaState.READY);
    cluster.resume(replica);
    trace.add(new Event.Resumed(cluster.nowMicros(), replica));
  }

  private void changeState(Id replica, ReplicaState from, ReplicaState to) {
    ReplicaState found =
        Objects.requireNonNull(replicaStates.state(replica), () -> "no replica: " + replica);
    if (found != from) {
      throw new IllegalStateException(
          "replica "
              + replica
              + " is "
              + stateText(found)
              + ", expected one that is "
              + stateText(from));
    }
    replicaStates.set(replica, to);
  }

  private static String stateText(ReplicaState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Whether this world has the capability; true for null, which stands for what every world can.
   */
  public boolean supports(WorldCapability ability) {
    return ability == null || world.supports(ability);
  }

  /**
   * Sets the speed of a replica's clock; see {@link Cluster#setClockRate}.
   *
   * @param rate 0.5 to 2
   * @throws UnsupportedOperationException if this world can't {@link WorldCapability#CLOCK}
   */
  public void setClockRate(Id replica, double rate) {
    cluster.setClockRate(replica, rate);
    record(new FaultEffect.ClockRate(replica, rate));
  }

  /**
   * Applies a fault to a replica's disk; see {@link Cluster#applyDiskFault}.
   *
   * @return a description of what was done
   * @throws UnsupportedOperationException if this world lacks the capability that the fault {@link
   *     DiskFault#requiredCapability}
   * @throws IllegalStateException if the fault can't be applied to this replica now; the message
   *     says why
   */
  public String applyDiskFault(Id replica, DiskFault fault) {
    String how = cluster.applyDiskFault(replica, fault);
    if (fault instanceof DiskFault.Corrupt) {
      corruptedDisks.add(replica);
    } else if (fault instanceof DiskFault.Full) {
      fullDisks.add(replica);
    } else if (fault instanceof DiskFault.Repaired) {
      fullDisks.remove(replica);
    }
    record(new FaultEffect.DiskChanged(replica, state(fault), how, mayExit(replica)));
    return how;
  }

  /** Whether this replica has stored anything that it finds again when it is started. */
  public boolean hasStored(Id replica) {
    return cluster.hasStored(replica);
  }

  private void record(FaultEffect effect) {
    trace.add(new Event.Effect(cluster.nowMicros(), effect));
  }

  private static Disk state(DiskFault fault) {
    if (fault instanceof DiskFault.Torn) {
      return Disk.TORN;
    } else if (fault instanceof DiskFault.Corrupt) {
      return Disk.CORRUPT;
    } else if (fault instanceof DiskFault.Full) {
      return Disk.FULL;
    }
    return fault instanceof DiskFault.Slow ? Disk.SLOW : Disk.SOUND;
  }

  /** Whether this replica may exit now because its disk is damaged or full. */
  boolean mayExit(Id replica) {
    return fullDisks.contains(replica) || corruptedDisks.contains(replica);
  }
}
