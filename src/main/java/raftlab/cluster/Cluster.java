package raftlab.cluster;

import java.util.List;
import raftlab.node.StateChange;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * The replicas of a run and their time: the only thing that differs between the worlds. Used by one
 * thread.
 *
 * <p>A cluster carries messages between replicas and the kit; it decides nothing about them.
 */
public interface Cluster extends AutoCloseable {
  /**
   * What a cluster tells, during {@link #start}, {@link #join}, {@link #crash} and {@link #advance}
   * and on their thread. A crash tells only what the replica had reported before.
   *
   * <p>Whoever is told may do anything to any replica at once, but let time go on. If a replica is
   * crashed by whoever gets a message of its, nothing that it sent after that message leaves.
   */
  interface Observer {
    /** The replica can be reached from now on. */
    void ready(Id replica);

    /**
     * A replica sent a message. {@code from} is who really sent it, whatever its {@code src} says.
     */
    void received(Id from, Message message);

    /**
     * A replica sent something that isn't a message: what is wrong, and its beginning made
     * printable.
     */
    void malformed(Id from, String complaint, String quote);

    /** Something that is no message was passed over; see {@link raftlab.trace.Event.PassedOver}. */
    void passedOver(Id replica, String what, long count);

    /**
     * The system dropped datagrams, since sockets were full; see {@link
     * raftlab.trace.Event.Overflowed}.
     */
    void overflowed(Id replica, long byReplica, long byKit);

    /** A replica ended though nobody had crashed it; see {@link raftlab.trace.Event.Exited}. */
    void exited(Id replica, int exitCode, List<String> lastWords);

    /** A replica died in the middle of a step, as {@link #crashMidway} had said it would. */
    void crashedMidway(Id replica);

    /** A replica printed a line. */
    void printed(Id replica, boolean error, String line);

    /**
     * A replica's state changed. Told before any message that it sent afterwards, so also before
     * anything that other replicas did in consequence.
     */
    void reported(Id replica, StateChange change);
  }

  /** The time since the cluster was made, in microseconds. */
  long nowMicros();

  /**
   * Starts a replica that isn't running: one of those that the cluster was opened with, or one that
   * joined later. If replicas are durable it finds what it had stored before.
   */
  void start(Id replica);

  /**
   * Starts a replica that the cluster was not opened with. It is told of all others, those that
   * joined before it included, and that it {@link raftlab.node.Host#joins joins}: it is no member
   * until a leader adds it. If it is {@link #start started} again later, it is told the same kind
   * of things.
   *
   * @throws IllegalArgumentException if the cluster was opened with it
   */
  void join(Id replica);

  /** Kills a replica and all that it has started, at once; nothing is heard from it any more. */
  void crash(Id replica);

  /** Hands a message to a replica that is ready, now; to any other it is lost. */
  void deliver(Id replica, Message message);

  /**
   * Kills a replica during its next step, and tells {@link Observer#crashedMidway} then. In the
   * simulated world that is at a point drawn by chance: after it acted and before its disk syncs,
   * after that and before a message leaves, or after some of its messages left. A process is killed
   * as soon as its next message has come; what it sent after that one is lost. Does nothing to a
   * replica that isn't running.
   */
  void crashMidway(Id replica);

  /**
   * Stops a replica where it is, with all that it has started: it neither hears nor acts. What
   * comes for it waits, as much as its socket's buffer holds. Does nothing to a replica that isn't
   * running or is stopped already.
   */
  void pause(Id replica);

  /**
   * Lets a replica that was stopped go on. Its clock has gone on meanwhile: timers that came due
   * and messages that wait are handled at once, in order of time. Does nothing to any other.
   */
  void resume(Id replica);

  /**
   * From now on the clock of this replica's machine, its timers with it, goes so many times as fast
   * as time. What it shows doesn't jump. It stays like that when the replica is started again.
   *
   * @param rate 0.5 to 2
   * @throws UnsupportedOperationException if this {@link World} can't {@link WorldCapability#CLOCK}
   */
  void clockRate(Id replica, double rate);

  /**
   * Checks the bounds of a clock's rate.
   *
   * @throws IllegalArgumentException if it is beyond them
   */
  static void requireRate(double rate) {
    if (!(rate >= 0.5 && rate <= 2)) {
      throw new IllegalArgumentException("a clock runs at 0.5 to 2 times the speed, not " + rate);
    }
  }

  /**
   * Does something to the disk of this replica's machine.
   *
   * @return what was done, in words
   * @throws UnsupportedOperationException if this {@link World} can't do it
   * @throws IllegalStateException if it can't be done to this replica now; the message says why
   */
  String disk(Id replica, DiskFault fault);

  /**
   * Hands a datagram of these bytes to a replica that is ready, now; to any other it is lost. They
   * need not be a message: what the replica makes of them is its own affair.
   */
  void deliverRaw(Id replica, byte[] datagram);

  /**
   * Lets time go on, until something has been told to the observer or until this time, whichever is
   * first. It may return earlier.
   */
  void advance(long untilMicros);

  /**
   * What was counted last of the use of this machine's processors, a few times a second; null if it
   * isn't counted.
   */
  default ProcessorTimes processorTimes() {
    return null;
  }

  /** Ends all replicas. Nothing of them stays behind. */
  @Override
  void close();
}
