package raftlab.run.lab;

/** The membership of a replica, as far as the cluster has acknowledged it to the operator. */
public enum MembershipStatus {
  /** An initial member, or added since. */
  MEMBER,
  /** Started to join, and not added yet. */
  JOINING,
  /** Removed; it may still run. */
  REMOVED
}
