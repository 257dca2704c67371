package raftlab.run.lab;

/** The state of a replica, as far as the kit can see. */
public enum ReplicaState {
  /** Not started. */
  DOWN,
  /** Started; has not sent a message yet. */
  STARTING,
  /** Has sent a message and can receive. */
  READY,
  /** Paused; messages for it wait. */
  PAUSED,
  /** Killed by the kit. */
  CRASHED,
  /** Exited unexpectedly. */
  EXITED
}
