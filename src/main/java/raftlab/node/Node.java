package raftlab.node;

import raftlab.wire.Message;

/**
 * One replica: a state machine that reacts to messages and to its own timers, and acts through its
 * {@link Host} alone.
 *
 * <p>The host calls one method at a time, from one thread. A node is a plain object: no threads, no
 * locks, no static state, no clock and no randomness of its own. That is what lets the same node
 * run as a process on UDP and the wall clock, and in a simulator that plays an hour in a second and
 * repeats it exactly.
 *
 * <p><b>Persist before send.</b> Whatever a node appends to its {@link Storage} during one of these
 * calls is durable before any message that it sent in the same call leaves the machine. A node may
 * therefore write its vote and send it in any order, as long as both happen in one call.
 *
 * <p>No message may crash a node: it may be old, duplicated, out of order, of an unknown type, or
 * malformed.
 */
public interface Node {
  /** Called once, before any other method: loads the storage and sets the timers. */
  void start();

  /** Handles a message from another replica or from a client. */
  void receive(Message message);

  /**
   * Handles the timer of this name, set with {@link Host#setTimer}. The timer is not set any more.
   */
  void timeout(String timer);
}
