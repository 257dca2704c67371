package raftlab.run.lab;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import raftlab.cluster.Cluster;
import raftlab.cluster.DiskFault;
import raftlab.cluster.World;
import raftlab.cluster.WorldCapability;
import raftlab.run.lab.Lab.State;
import raftlab.trace.Event;
import raftlab.trace.FaultEffect;
import raftlab.trace.FaultEffect.Disk;
import raftlab.trace.Trace;
import raftlab.wire.Id;

/** Applies faults to the machines of a lab's replicas: pauses, clocks, disks. */
public final class MachineFaults {
  private final World world;
  private final Cluster cluster;
  private final ReplicaStates population;
  private final Trace trace;
  private final Set<Id> full = new TreeSet<>();
  private final Set<Id> corrupted = new TreeSet<>();

  MachineFaults(World world, Cluster cluster, ReplicaStates population, Trace trace) {
    this.world = world;
    this.cluster = cluster;
    this.population = population;
    this.trace = trace;
  }

  /** Pauses a replica; see {@link Lab#pause}. */
  void pause(Id replica) {
    turn(replica, State.READY, State.PAUSED);
    cluster.pause(replica);
    trace.add(new Event.Paused(cluster.nowMicros(), replica));
  }

  /** Resumes a replica; see {@link Lab#resume}. */
  void resume(Id replica) {
    turn(replica, State.PAUSED, State.READY);
    cluster.resume(replica);
    trace.add(new Event.Resumed(cluster.nowMicros(), replica));
  }

  private void turn(Id replica, State from, State to) {
    State found = population.state(replica);
    if (found != from) {
      throw new IllegalStateException(
          "replica " + replica + " is " + words(found) + ", expected one that is " + words(from));
    }
    population.set(replica, to);
  }

  private static String words(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Whether this world has the capability; true for null, which stands for what every world can.
   */
  public boolean can(WorldCapability ability) {
    return ability == null || world.can(ability);
  }

  /**
   * Sets the speed of a replica's clock; see {@link Cluster#clockRate}.
   *
   * @param rate 0.5 to 2
   * @throws UnsupportedOperationException if this world can't {@link WorldCapability#CLOCK}
   */
  public void clockRate(Id replica, double rate) {
    cluster.clockRate(replica, rate);
    record(new FaultEffect.ClockRate(replica, rate));
  }

  /**
   * Applies a fault to a replica's disk; see {@link Cluster#disk}.
   *
   * @return a description of what was done
   * @throws UnsupportedOperationException if this world lacks the capability that the fault {@link
   *     DiskFault#needs}
   * @throws IllegalStateException if the fault can't be applied to this replica now; the message
   *     says why
   */
  public String disk(Id replica, DiskFault fault) {
    String how = cluster.disk(replica, fault);
    if (fault instanceof DiskFault.Corrupt) {
      corrupted.add(replica);
    } else if (fault instanceof DiskFault.Full) {
      full.add(replica);
    } else if (fault instanceof DiskFault.Sound) {
      full.remove(replica);
    }
    record(new FaultEffect.DiskChanged(replica, state(fault), how, mayEnd(replica)));
    return how;
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
  boolean mayEnd(Id replica) {
    return full.contains(replica) || corrupted.contains(replica);
  }
}
