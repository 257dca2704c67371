package raftlab.node;

import java.util.List;
import java.util.random.RandomGenerator;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * Everything outside that a {@link Node} may use: its ID, its peers, a clock, timers, random
 * numbers, storage and sending.
 */
public interface Host {
  /** This replica's own ID. */
  Id id();

  /**
   * The IDs of all other replicas that were given when this replica was started, in ascending
   * order. Never changes; the protocol tracks later changes of the membership.
   */
  List<Id> others();

  /**
   * Whether it was started to join a running cluster: it is not a member until a leader adds it
   * (§6).
   */
  default boolean isJoining() {
    return false;
  }

  /**
   * A monotonic clock, in milliseconds since an arbitrary moment. The clocks of different replicas
   * have about the same rate and nothing else in common.
   */
  long nowMillis();

  /**
   * Sends a message to the replica or client in its {@code dst}; to all others if that is {@link
   * Id#BROADCAST}. It leaves after the present call has returned and its storage is durable. It may
   * be lost, delayed, duplicated or reordered.
   *
   * @throws IllegalArgumentException if it does not fit into a datagram
   */
  void send(Message message);

  /**
   * Sets a timer: {@link Node#timeout} is called with this name after this time. Replaces a timer
   * of the same name.
   *
   * @param afterMillis 0 or more
   */
  void setTimer(String timer, long afterMillis);

  /** Cancels the timer of this name; does nothing if it isn't set. */
  void cancelTimer(String timer);

  /** This replica's random numbers. The simulator seeds them, so that a run can be repeated. */
  RandomGenerator random();

  /** The storage of this replica, which survives a crash. */
  Storage storage();

  /**
   * Reports a change of the replica's state to the lab kit. A report is not sent over the network.
   */
  void report(StateChange change);
}
