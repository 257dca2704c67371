package raftlab.cluster.virtual;

/** A future event of a replica. Ignored if the replica has crashed since. */
sealed interface VirtualEvent {
  /** Returns the replica. */
  VirtualReplica replica();

  /** The replica runs on; ignored if it has run since. */
  record Run(VirtualReplica replica, long number) implements VirtualEvent {}

  /** A datagram arrives. */
  record Arrival(VirtualReplica replica, long incarnation, byte[] datagram)
      implements VirtualEvent {}
}
