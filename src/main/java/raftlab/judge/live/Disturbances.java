package raftlab.judge.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import raftlab.judge.load.MachineLoad;
import raftlab.trace.Event;
import raftlab.trace.FaultEffect;
import raftlab.trace.FaultEffect.Disk;
import raftlab.trace.LinkState;
import raftlab.trace.ReplicaIndex;
import raftlab.wire.Id;

/** Tracks the faults that are active at each moment, from the events of the trace. */
final class Disturbances {
  /** The largest relative error of a clock that counts as undisturbed. */
  private static final double MAX_CLOCK_ERROR = 0.1;

  private final ReplicaIndex replicaIndex;
  private final MemberTracker members;

  /** The replicas that are up and neither paused nor still starting. */
  private final Set<Id> up = new HashSet<>();

  private final Set<Id> wrongClocks = new HashSet<>();
  private final Set<Id> fullDisks = new HashSet<>();

  /** The replicas with a disk fault since their last start. */
  private final Set<Id> disksWithFaults = new HashSet<>();

  /** The replicas with corrupted data, which may do anything with it. */
  private final Set<Id> corrupted = new HashSet<>();

  private final double slack;

  private LinkState links = LinkState.INITIAL;
  private boolean hasBegun;

  /** Whether a disturbance is unknown or permanent, so that nothing more can be judged. */
  private boolean isUnknown;

  Disturbances(ReplicaIndex replicaIndex, List<Id> replicas, double slack) {
    this.slack = slack;
    this.replicaIndex = replicaIndex;
    this.members = new MemberTracker(replicas);
  }

  MemberTracker members() {
    return members;
  }

  /** Marks the replicas' states and the links between them as unknown from now on. */
  void markUnknown() {
    isUnknown = true;
  }

  /**
   * Handles an event that is no message, request or answer; returns whether it could disturb a
   * replica.
   */
  boolean onEvent(Event event) {
    if (event instanceof Event.Fault fault) {
      return fault.isAction();
    } else if (event instanceof Event.Effect done) {
      applied(done.effect());
    } else if (event instanceof Event.Started started) {
      replicaIndex.addIfAbsent(started.replica());
      if (!fullDisks.contains(started.replica())) {
        disksWithFaults.remove(started.replica());
      }
    } else if (event instanceof Event.Ready ready) {
      up.add(ready.replica());
    } else if (event instanceof Event.Resumed resumed) {
      up.add(resumed.replica());
    } else if (event instanceof Event.Crashed crashed) {
      up.remove(crashed.replica());
    } else if (event instanceof Event.Exited exited) {
      up.remove(exited.replica());
    } else if (event instanceof Event.Paused paused) {
      up.remove(paused.replica());
    } else if (event instanceof Event.Began) {
      hasBegun = true;
    } else {
      return event instanceof Event.HarnessLate
          || event instanceof Event.MachineBusy
          || event instanceof Event.ProcessorUse use && MachineLoad.isCausedByOthers(use)
          || event instanceof Event.Overflowed // awaited messages may have been dropped
          || event instanceof Event.Ended;
    }
    return true;
  }

  private void applied(FaultEffect effect) {
    if (effect instanceof FaultEffect.ClockRate clock) {
      set(wrongClocks, clock.replica(), Math.abs(clock.rate() - 1) > MAX_CLOCK_ERROR);
    } else if (effect instanceof FaultEffect.DiskChanged disk) {
      set(fullDisks, disk.replica(), disk.state() == Disk.FULL);
      if (disk.state() == Disk.CORRUPT) {
        corrupted.add(disk.replica());
      }
      if (disk.state() != Disk.SOUND) {
        disksWithFaults.add(disk.replica());
      }
    } else {
      links = links.after(effect);
    }
  }

  private static void set(Set<Id> those, Id replica, boolean in) {
    if (in) {
      those.add(replica);
    } else {
      those.remove(replica);
    }
  }

  /** Returns the stable period that begins now, if nothing changes; null for none. */
  @Nullable StablePeriod stablePeriod(long fromMicros, Event since) {
    if (!hasBegun || isUnknown) {
      return null;
    }
    Set<Id> seen = new HashSet<>();
    for (Id one : up) {
      if (seen.add(one)) {
        List<Id> part = connectedComponent(one, seen);
        if (2 * part.size() > members.maxCount() && isUndisturbed(part)) {
          return stablePeriod(part, fromMicros, since);
        }
      }
    }
    return null;
  }

  /**
   * Returns all replicas that are up and connected to this one, directly or through others, in
   * either direction.
   */
  private List<Id> connectedComponent(Id first, Set<Id> seen) {
    List<Id> part = new ArrayList<>(List.of(first));
    Deque<Id> next = new ArrayDeque<>(part);
    while (!next.isEmpty()) {
      Id one = next.remove();
      for (Id other : up) {
        if (!seen.contains(other) && (links.connects(one, other) || links.connects(other, one))) {
          seen.add(other);
          part.add(other);
          next.add(other);
        }
      }
    }
    part.sort(null);
    return part;
  }

  private boolean isUndisturbed(List<Id> part) {
    for (Id one : part) {
      if (!members.isCertainMember(one)
          || wrongClocks.contains(one)
          || disksWithFaults.contains(one)
          || corrupted.contains(one)) {
        return false;
      }
      for (Id other : part) {
        if (!one.equals(other) && !LinkQuality.isGood(links, one, other)) {
          return false;
        }
      }
    }
    return true;
  }

  private StablePeriod stablePeriod(List<Id> part, long fromMicros, Event since) {
    boolean lossless = true;
    List<Integer> in = new ArrayList<>();
    for (Id one : part) {
      in.add(replicaIndex.indexOf(one));
      for (Id other : part) {
        lossless &= one.equals(other) || links.conditions(one, other).loss() == 0;
      }
    }
    return new StablePeriod(fromMicros, since, in, members.maxCount(), lossless, slack);
  }
}
