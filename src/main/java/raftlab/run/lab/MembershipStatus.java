package raftlab.run.lab;

/** What a replica is to its cluster, as far as the cluster has told the kit's operator. */
public enum MembershipStatus {
  /** It was there from the beginning, or has been added. */
  MEMBER,
  /** It was started to join, and has not been added so far. */
  JOINING,
  /** It was removed; it may still run. */
  REMOVED
}
