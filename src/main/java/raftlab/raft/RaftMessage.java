package raftlab.raft;

import java.util.List;

/**
 * The messages between replicas: the remote procedure calls of Figures 2 and 13, each with its
 * reply, and TimeoutNow (dissertation §3.10).
 */
sealed interface RaftMessage {
  /**
   * The sender's current term. An earlier one makes the message invalid, a later one is adopted
   * (§5.1).
   */
  long term();

  /** A message that only a leader sends. */
  sealed interface LeaderRequest extends RaftMessage {
    /**
     * The number of this message among all that the leader sends in its term. The reply repeats it,
     * so that the leader knows when the answered message was sent.
     */
    long round();
  }

  /**
   * The reply to a message of a leader. {@code requestTerm} and {@code round} are those of the
   * message. Only both together identify it: each leader counts its rounds from 1, and the same
   * replica may lead in several terms.
   */
  sealed interface FollowerReply extends RaftMessage {
    long round();

    /** The term of the request; at most {@link #term}. */
    long requestTerm();
  }

  /**
   * Invoked by candidates to gather votes (§5.2), and before that to gather pre-votes (PreVote,
   * dissertation §9.6).
   *
   * @param term the candidate's term; in a PreVote the current one, not the one that it would begin
   * @param preVote whether this asks for a pre-vote
   * @param transfer whether the leader has asked for this election (dissertation §3.10), so that
   *     voters don't refuse because they have a leader
   * @param lastLogIndex index of candidate's last log entry (§5.4)
   * @param lastLogTerm term of candidate's last log entry (§5.4)
   * @param round the number of this attempt among the sender's attempts in this term; the reply
   *     repeats it. After a restart they are counted from a random number, so that a late pre-vote
   *     for an attempt before the restart doesn't count for another one
   */
  record RequestVote(
      long term, boolean preVote, boolean transfer, long lastLogIndex, long lastLogTerm, long round)
      implements RaftMessage {}

  /**
   * The reply to {@link RequestVote}.
   *
   * @param term the voter's currentTerm, for candidate to update itself
   * @param preVote whether the request asked for a pre-vote
   * @param granted whether the candidate received the vote
   * @param requestTerm the term of the request; a voter with a current leader refuses without
   *     adopting it, so it may be later than {@code term}
   * @param round the round of the request
   */
  record VoteReply(long term, boolean preVote, boolean granted, long requestTerm, long round)
      implements RaftMessage {}

  /**
   * Invoked by leader to replicate log entries (§5.3); also used as heartbeat (§5.2).
   *
   * @param term the leader's term
   * @param prevLogIndex index of log entry immediately preceding new ones
   * @param prevLogTerm term of prevLogIndex entry
   * @param leaderCommit leader's commitIndex
   * @param entries log entries to store (empty for heartbeat; may send more than one for
   *     efficiency)
   */
  record AppendEntries(
      long term,
      long round,
      long prevLogIndex,
      long prevLogTerm,
      long leaderCommit,
      List<LogEntry> entries)
      implements LeaderRequest {}

  /**
   * The reply to {@link AppendEntries}, and to {@link InstallSnapshot} when the follower has the
   * whole snapshot.
   *
   * @param term the follower's currentTerm, for leader to update itself
   * @param requestTerm the term of the request; earlier than {@code term} if the leader was deposed
   * @param success true if follower contained entry matching prevLogIndex and prevLogTerm
   * @param matchIndex on success: the follower's log agrees with the leader's up to here; else 0
   * @param conflictTerm on rejection: the term that the follower has at prevLogIndex; 0 if its log
   *     is shorter
   * @param conflictIndex on rejection: the first index of that term, or the first missing one; else
   *     0
   */
  record AppendReply(
      long term,
      long requestTerm,
      long round,
      boolean success,
      long matchIndex,
      long conflictTerm,
      long conflictIndex)
      implements FollowerReply {
    static AppendReply success(long term, long round, long matchIndex) {
      return new AppendReply(term, term, round, true, matchIndex, 0, 0);
    }

    static AppendReply rejection(long term, long round, long conflictTerm, long conflictIndex) {
      return new AppendReply(term, term, round, false, 0, conflictTerm, conflictIndex);
    }

    /** The reply to a message of an earlier term, with which the leader adopts the later one. */
    static AppendReply outdated(long term, LeaderRequest request) {
      return new AppendReply(term, request.term(), request.round(), false, 0, 0, 0);
    }
  }

  /**
   * Invoked by leader to send chunks of a snapshot to a follower (§7, Figure 13).
   *
   * @param term the leader's term
   * @param lastIncludedIndex the snapshot replaces all entries up through and including this index
   * @param lastIncludedTerm term of lastIncludedIndex
   * @param size of the whole snapshot in bytes
   * @param offset byte offset where chunk is positioned in the snapshot
   * @param data bytes of the snapshot chunk, starting at offset
   */
  record InstallSnapshot(
      long term,
      long round,
      long lastIncludedIndex,
      long lastIncludedTerm,
      int size,
      int offset,
      byte[] data)
      implements LeaderRequest {}

  /**
   * The reply to {@link InstallSnapshot} while parts are missing.
   *
   * @param term the follower's currentTerm, for leader to update itself
   * @param lastIncludedIndex that of the request
   * @param offset how many bytes the follower has, from the first on: the next part begins there
   */
  record SnapshotReply(long term, long round, long lastIncludedIndex, int offset)
      implements FollowerReply {
    /** The follower accepts parts from the leader of its current term only. */
    @Override
    public long requestTerm() {
      return term;
    }
  }

  /**
   * The leader asks a follower to start an election at once (dissertation §3.10).
   *
   * @param term the leader's term
   */
  record TimeoutNow(long term) implements RaftMessage {}
}
