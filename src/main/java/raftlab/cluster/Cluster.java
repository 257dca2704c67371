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

    /** A replica ended though nobody had crashed it; see {@link raftlab.trace.Event.Exited}. */
    void exited(Id replica, int exitCode, List<String> lastWords);

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
   * Hands a datagram of these bytes to a replica that is ready, now; to any other it is lost. They
   * need not be a message: what the replica makes of them is its own affair.
   */
  void deliverRaw(Id replica, byte[] datagram);

  /**
   * Lets time go on, until something has been told to the observer or until this time, whichever is
   * first. It may return earlier.
   */
  void advance(long untilMicros);

  /** Ends all replicas. Nothing of them stays behind. */
  @Override
  void close();
}
