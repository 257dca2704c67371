package raftlab.raft;

import java.util.List;

/**
 * The messages between replicas: the two remote procedure calls of Figure 2, each with its answer.
 */
sealed interface RaftMessage {
  /**
   * The sender's current term: an older one makes the message void, a newer one is adopted (§5.1).
   */
  long term();

  /**
   * A candidate asks for a vote (§5.2), or, before it becomes one, whether it would get it
   * (PreVote, dissertation §9.6).
   *
   * @param term the candidate's term; in a PreVote the present one, not the one that it wants to
   *     begin
   * @param preVote whether this is only the canvass
   * @param lastLogIndex index of the candidate's last entry: only up-to-date logs get votes
   *     (§5.4.1)
   * @param lastLogTerm term of that entry
   */
  record RequestVote(long term, boolean preVote, long lastLogIndex, long lastLogTerm)
      implements RaftMessage {}

  /**
   * The answer to {@link RequestVote}.
   *
   * @param term the voter's term after it has read the request
   * @param preVote what was asked for
   * @param granted whether the sender gets the vote
   */
  record Vote(long term, boolean preVote, boolean granted) implements RaftMessage {}

  /**
   * The leader sends entries, or none as a heartbeat (§5.3).
   *
   * @param term the leader's term
   * @param round number of this message among all that the leader sends in its term. The answer
   *     repeats it, so that the leader knows when the message was sent that is answered: an old
   *     answer must not prove anything new
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
      List<Entry> entries)
      implements RaftMessage {}

  /**
   * The answer to {@link AppendEntries}.
   *
   * @param term the follower's term after it has read the request
   * @param round that of the request
   * @param success whether the follower's log had the entry before those sent
   * @param matchIndex on success: up to here the follower's log agrees with the leader's; else 0
   * @param conflictTerm on rejection: the term that the follower has at prevLogIndex; 0 if its log
   *     is shorter
   * @param conflictIndex on rejection: the first index of that term, or the first that is missing;
   *     else 0
   */
  record AppendReply(
      long term,
      long round,
      boolean success,
      long matchIndex,
      long conflictTerm,
      long conflictIndex)
      implements RaftMessage {
    static AppendReply success(long term, long round, long matchIndex) {
      return new AppendReply(term, round, true, matchIndex, 0, 0);
    }

    static AppendReply rejection(long term, long round, long conflictTerm, long conflictIndex) {
      return new AppendReply(term, round, false, 0, conflictTerm, conflictIndex);
    }
  }
}
