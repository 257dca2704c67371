package raftlab.cluster.sim;

import raftlab.wire.Message;

/** A future event of a simulated machine. Ignored if its replica has crashed since. */
sealed interface SimEvent {
  /** Returns the machine. */
  SimHost host();

  /** A message arrives. */
  record Arrival(SimHost host, long incarnation, Message message) implements SimEvent {}

  /** A timer is due; ignored if the node has set it again or cancelled it. */
  record Timer(SimHost host, String name, long setting) implements SimEvent {}

  /** A slow sync is done. */
  record Synced(SimHost host, long incarnation) implements SimEvent {}
}
