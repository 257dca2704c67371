package raftlab.run.lab;

import java.util.List;
import java.util.Objects;
import raftlab.cluster.Cluster;
import raftlab.cluster.TimeQueue;
import raftlab.wire.Id;

/**
 * Steps through the single events of a lab, in a world that can {@link
 * raftlab.cluster.WorldCapability#STEPPING}. In any other world there is never a next event.
 */
public final class Stepping {
  private final Cluster cluster;
  private final TimeQueue<Runnable> schedule;

  Stepping(Cluster cluster, TimeQueue<Runnable> schedule) {
    this.cluster = cluster;
    this.schedule = schedule;
  }

  /**
   * Lets the next single event happen: a message is delivered, a replica handles a message or a
   * timer, or a scheduled action runs. An event may turn out to do nothing, such as that of a timer
   * that was cancelled. If no event is due by then, time advances to that moment.
   *
   * @return whether there was an event
   */
  public boolean stepOnce(long untilMicros) {
    long ofCluster = cluster.nextEventMicros();
    long ofSchedule = schedule.nextMicros();
    long next = Math.min(ofCluster, ofSchedule);
    if (next > untilMicros) {
      cluster.advance(untilMicros);
      return false;
    }
    cluster.advance(next);
    if (ofSchedule < ofCluster) {
      Objects.requireNonNull(schedule.pollUntil(Long.MAX_VALUE), "one is due").item().run();
    }
    return true;
  }

  /** Whether the next event is one that a replica handles: a timer, or a message that arrived. */
  public boolean isReplicaNext() {
    return cluster.nextEventMicros() <= schedule.nextMicros();
  }

  /** Whether a replica has a message or a timer to handle at this moment. */
  public boolean isReplicaDue() {
    return cluster.nextEventMicros() <= cluster.nowMicros();
  }

  /** Returns the names of the timers that this replica has set, sorted. */
  public List<String> timers(Id replica) {
    return cluster.timers(replica);
  }

  /**
   * Lets a timer of a replica expire now: the clock of its machine jumps to the time of the timer.
   *
   * @return whether the timer was set, and the replica runs
   */
  public boolean fireTimer(Id replica, String timer) {
    return cluster.fireTimer(replica, timer);
  }
}
