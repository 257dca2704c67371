package raftlab.node;

import java.util.List;
import java.util.random.RandomGenerator;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * All that a {@link Node} may touch of the world: its name, its peers, a clock, timers, randomness,
 * storage, and the way to send.
 */
public interface Host {
  /** This replica's own ID. */
  Id id();

  /**
   * The IDs of all other replicas that it was told of when it was started, in ascending order.
   * Never changes; members that come and go later are the protocol's business.
   */
  List<Id> others();

  /**
   * Whether it was started to join a cluster that runs: it is no member until a leader adds it
   * (§6).
   */
  default boolean joins() {
    return false;
  }

  /**
   * A clock that only goes forward, in milliseconds since an arbitrary moment. The clocks of
   * different replicas have nothing in common but (nearly) their speed.
   */
  long nowMillis();

  /**
   * Sends a message to the replica or client in its {@code dst}; to all others if that is {@link
   * Id#BROADCAST}. It leaves after the present call has returned and its storage is durable. It may
   * be lost, delayed or delivered twice, and overtake others.
   *
   * @throws IllegalArgumentException if it is longer than a datagram
   */
  void send(Message message);

  /**
   * Asks for a call of {@link Node#timeout} with this name after so many milliseconds. A timer of
   * the same name that is already set is replaced.
   *
   * @param afterMillis 0 or more
   */
  void setTimer(String timer, long afterMillis);

  /** Forgets the timer of this name; does nothing if it isn't set. */
  void cancelTimer(String timer);

  /**
   * This replica's own source of random numbers: seeded in the simulator, so that a run can be
   * repeated.
   */
  RandomGenerator random();

  /** What survives a crash of this replica. */
  Storage storage();

  /**
   * Tells whoever watches that the replica's state changed. Nothing of it goes over the network.
   */
  void report(StateChange change);
}
