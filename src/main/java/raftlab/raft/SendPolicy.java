package raftlab.raft;

/**
 * When the leader sends AppendEntries, and to which followers. What a message carries and what its
 * reply changes are rules of Figure 2, and stand in {@link Leader}. A policy affects how many
 * messages are sent and how soon; it can't affect safety.
 */
interface SendPolicy {
  /** This replica has become leader: forgets what it has measured in an earlier term. */
  void reset();

  /** The state of one more follower. */
  FollowerProgress newFollower(long nextIndex, long now);

  /** After each event: sends to the followers that are due, with {@link Leader#replicateTo}. */
  void sendDue(long now);

  /** When {@link #sendDue} has something to send if no other event comes before. */
  long nextDueAt(long now);
}
