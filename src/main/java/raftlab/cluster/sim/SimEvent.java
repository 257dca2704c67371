package raftlab.cluster.sim;

import raftlab.wire.Message;

/** What comes to a simulated machine. What belongs to an earlier life of its replica is void. */
sealed interface SimEvent {
  /** Which machine it comes to. */
  SimHost host();

  /** A message arrives. */
  record Arrival(SimHost host, long life, Message message) implements SimEvent {}

  /** A timer is due; void once its host has set the name again or cancelled it. */
  record Timer(SimHost host, String name, long setting) implements SimEvent {}

  /** A slow sync is done. */
  record Synced(SimHost host, long life) implements SimEvent {}
}
