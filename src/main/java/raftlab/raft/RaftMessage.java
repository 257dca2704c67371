package raftlab.raft;

import java.util.List;

/**
 * The messages between replicas: the remote procedure calls of Figures 2 and 13, each with its
 * answer, and the leader's wish that another one lead (dissertation §3.10).
 */
sealed interface RaftMessage {
  /**
   * The sender's current term: an older one makes the message void, a newer one is adopted (§5.1).
   */
  long term();

  /** Only a leader sends these: they show who leads the term. */
  sealed interface LeaderRequest extends RaftMessage {
    /**
     * Number of this message among all that the leader sends in its term. The answer repeats it, so
     * that the leader knows when the message was sent that is answered: an old answer must not
     * prove anything new.
     */
    long round();
  }

  /**
   * The answer to a message of a leader. {@code requestTerm} and {@code round} are those of the
   * message, and only both together name it: each leader counts its rounds from 1, and the same
   * replica may lead in several terms.
   */
  sealed interface FollowerReply extends RaftMessage {
    long round();

    /** The term of the message that is answered; at most {@link #term}. */
    long requestTerm();
  }

  /**
   * A candidate asks for a vote (§5.2), or, before it becomes one, whether it would get it
   * (PreVote, dissertation §9.6).
   *
   * @param term the candidate's term; in a PreVote the present one, not the one that it wants to
   *     begin
   * @param preVote whether this is only the canvass
   * @param transfer whether the leader itself asked for this election (dissertation §3.10): voters
   *     must not refuse because they hear that leader
   * @param lastLogIndex index of the candidate's last entry: only up-to-date logs get votes
   *     (§5.4.1)
   * @param lastLogTerm term of that entry
   * @param round number of this attempt among the sender's attempts in this term; the answer
   *     repeats it. After a restart they are counted from 1 again: a late pre-vote may then count
   *     for another attempt, which is harmless, since a pre-vote promises nothing
   */
  record RequestVote(
      long term, boolean preVote, boolean transfer, long lastLogIndex, long lastLogTerm, long round)
      implements RaftMessage {}

  /**
   * The answer to {@link RequestVote}.
   *
   * @param term the voter's term after it has read the request
   * @param preVote what was asked for
   * @param granted whether the sender gets the vote
   * @param requestTerm the term of the request; a voter that hears a leader refuses without
   *     adopting it, so it may be later than {@code term}
   * @param round the round of the request
   */
  record VoteReply(long term, boolean preVote, boolean granted, long requestTerm, long round)
      implements RaftMessage {}

  /**
   * The leader sends entries, or none as a heartbeat (§5.3).
   *
   * @param term the leader's term
   * @param prevLogIndex index of the entry before the first of {@code entries}
   * @param prevLogTerm term of that entry: the follower must have the same there
   * @param leaderCommit the leader's commitIndex
   * @param entries what to append after {@code prevLogIndex}
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
   * The answer to {@link AppendEntries}, and to {@link InstallSnapshot} when nothing of the
   * snapshot is missing any more.
   *
   * @param term the follower's term after it has read the request
   * @param requestTerm the term of the request; earlier than {@code term} if the leader was deposed
   * @param success whether the follower's log had the entry before those sent
   * @param matchIndex on success: up to here the follower's log agrees with the leader's; else 0
   * @param conflictTerm on rejection: the term that the follower has at prevLogIndex; 0 if its log
   *     is shorter
   * @param conflictIndex on rejection: the first index of that term, or the first that is missing;
   *     else 0
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

    /** The answer to a message of an earlier term: it only says that there is a later one. */
    static AppendReply outdated(long term, LeaderRequest request) {
      return new AppendReply(term, request.term(), request.round(), false, 0, 0, 0);
    }
  }

  /**
   * The leader sends a part of its snapshot to a follower that lacks entries which the leader has
   * discarded (§7, Figure 13).
   *
   * @param term the leader's term
   * @param lastIncludedIndex the last entry that the snapshot covers
   * @param lastIncludedTerm that entry's term
   * @param size how many bytes the whole snapshot has
   * @param offset how many of them precede this part
   * @param data the part
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
   * The answer to {@link InstallSnapshot} while parts are missing.
   *
   * @param term the follower's term after it has read the request
   * @param lastIncludedIndex that of the request
   * @param offset how many bytes the follower has, from the first on: the part that follows them is
   *     wanted next
   */
  record SnapshotReply(long term, long round, long lastIncludedIndex, int offset)
      implements FollowerReply {
    /** Parts of a snapshot are taken from the leader of the current term only. */
    @Override
    public long requestTerm() {
      return term;
    }
  }

  /**
   * The leader asks its follower to stand for election at once (dissertation §3.10).
   *
   * @param term the leader's term
   */
  record TimeoutNow(long term) implements RaftMessage {}
}
