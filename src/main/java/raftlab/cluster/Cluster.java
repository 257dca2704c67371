package raftlab.cluster;

import java.util.List;
import org.jspecify.annotations.Nullable;
import raftlab.node.StateChange;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * The replicas of a run and their clock. The two worlds differ only in this interface. Used by one
 * thread.
 *
 * <p>A cluster carries messages between the replicas and the kit. The kit decides about loss, delay
 * and order.
 */
public interface Cluster extends AutoCloseable {
  /**
   * Receives the events of a cluster, during {@link #start}, {@link #join}, {@link #crash} and
   * {@link #advance} and on their thread. A crash passes on only what the replica had reported
   * before.
   *
   * <p>An observer may do anything to any replica except advance time. If it crashes a replica on
   * receiving a message of that replica, the replica's later messages are discarded.
   */
  interface Observer {
    /** The replica sent its first message and can receive from now on. */
    void ready(Id replica);

    /**
     * A replica sent a message. {@code from} is the real sender, which {@code src} may contradict.
     */
    void received(Id from, Message message);

    /**
     * A replica sent a datagram that is not a valid message, with the violation and its beginning
     * made printable.
     */
    void malformed(Id from, String complaint, String quote);

    /**
     * A datagram that is not a valid message was ignored; see {@link
     * raftlab.trace.Event.PassedOver}.
     */
    void passedOver(Id replica, String what, long count);

    /**
     * The system dropped datagrams because sockets were full; see {@link
     * raftlab.trace.Event.Overflowed}.
     */
    void overflowed(Id replica, long byReplica, long byKit);

    /** A replica exited unexpectedly; see {@link raftlab.trace.Event.Exited}. */
    void exited(Id replica, int exitCode, List<String> lastWords);

    /** A replica crashed in the middle of a step, after {@link #crashDuringNextStep}. */
    void crashedDuringStep(Id replica);

    /** A replica printed a line. */
    void printed(Id replica, boolean error, String line);

    /**
     * A replica's state changed. Called before any message that the replica sent after the change,
     * so also before the effects on other replicas.
     */
    void reported(Id replica, StateChange change);
  }

  /** Returns the time since the cluster was created, in microseconds. */
  long nowMicros();

  /**
   * Starts a replica that isn't running: one of the initial replicas, or one that joined later. A
   * durable replica finds what it stored before.
   */
  void start(Id replica);

  /**
   * Starts a replica that was not among the initial ones. It gets the IDs of all others, with those
   * that joined before, and {@link raftlab.node.Host#isJoining joins}: it is not a member until a
   * leader adds it (§6). If it is {@link #start started} again later, the same holds.
   *
   * @throws IllegalArgumentException if it is one of the initial replicas
   */
  void join(Id replica);

  /**
   * Kills a replica and all processes that it started, at once. Its later messages are discarded.
   */
  void crash(Id replica);

  /** Delivers a message now to a replica that is ready; for any other it is lost. */
  void deliver(Id replica, Message message);

  /**
   * Kills a replica during its next step, and then calls {@link Observer#crashedDuringStep}. In the
   * simulated world the point is random: before the storage syncs, after the sync and before a
   * message is sent, or after some messages were sent. A process is killed when its next message
   * arrives; its later messages are discarded. Does nothing to a replica that isn't running.
   */
  void crashDuringNextStep(Id replica);

  /**
   * Pauses a replica and all processes that it started (SIGSTOP): it neither receives nor sends nor
   * fires timers. Messages for it wait, up to the size of its socket's buffer. Does nothing to a
   * replica that isn't running or is paused already.
   */
  void pause(Id replica);

  /**
   * Resumes a paused replica. Its clock kept running: due timers and waiting messages are handled
   * at once, in order of time. Does nothing to any other replica.
   */
  void resume(Id replica);

  /**
   * Sets the speed of the clock of this replica's machine, and of its timers. The clock doesn't
   * jump. The speed stays when the replica is restarted.
   *
   * @param rate 0.5 to 2; 1 is real time
   * @throws UnsupportedOperationException if this {@link World} can't {@link WorldCapability#CLOCK}
   */
  void setClockRate(Id replica, double rate);

  /**
   * Checks the bounds of a clock's rate.
   *
   * @throws IllegalArgumentException if it is out of bounds
   */
  static void requireValidClockRate(double rate) {
    if (!(rate >= 0.5 && rate <= 2)) {
      throw new IllegalArgumentException("a clock runs at 0.5 to 2 times the speed, not " + rate);
    }
  }

  /**
   * Applies a fault to the disk of this replica's machine.
   *
   * @return a description of what was done
   * @throws UnsupportedOperationException if this {@link World} can't do it
   * @throws IllegalStateException if the fault can't be applied to this replica now; the message
   *     says why
   */
  String applyDiskFault(Id replica, DiskFault fault);

  /** Whether this replica has stored anything that it finds again when it is started. */
  boolean hasStored(Id replica);

  /**
   * Delivers a datagram with these bytes now to a replica that is ready; for any other it is lost.
   * The bytes need not be a valid message.
   */
  void deliverRaw(Id replica, byte[] datagram);

  /**
   * Advances time until this moment or until an event was passed to the observer. May return
   * earlier.
   */
  void advance(long untilMicros);

  /**
   * Returns when the next event of a cluster is due that can be stepped through; {@link
   * Long#MAX_VALUE} for none, and if this {@link World} can't {@link WorldCapability#STEPPING}.
   */
  default long nextEventMicros() {
    return Long.MAX_VALUE;
  }

  /** Returns the names of the timers that this replica has set, sorted; none without stepping. */
  default List<String> timers(Id replica) {
    return List.of();
  }

  /**
   * Lets a timer of a replica expire now: the clock of its machine jumps to the time of the timer.
   *
   * @return whether the timer was set
   * @throws UnsupportedOperationException if this {@link World} can't {@link
   *     WorldCapability#STEPPING}
   */
  default boolean fireTimer(Id replica, String timer) {
    throw WorldCapability.STEPPING.unsupportedBy("process");
  }

  /** Returns the latest count of processor time, a few times a second; null if it isn't counted. */
  default @Nullable ProcessorTimes processorTimes() {
    return null;
  }

  /** Kills all replicas and deletes their files. */
  @Override
  void close();
}
