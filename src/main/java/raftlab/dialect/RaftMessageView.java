package raftlab.dialect;

import java.util.List;
import raftlab.trace.ReportedState;

/**
 * The content of a message between replicas in the paper's terms, whatever its sender calls them. A
 * number that the message doesn't have is {@link #UNKNOWN}.
 */
public sealed interface RaftMessageView {
  /** A number that the message doesn't have. */
  long UNKNOWN = ReportedState.UNKNOWN;

  /** The sender's term. */
  long term();

  /** Whether only a leader sends it: AppendEntries or InstallSnapshot. */
  default boolean isFromLeader() {
    return this instanceof Append || this instanceof Install;
  }

  /** Whether it gives a vote, and doesn't only promise one. */
  default boolean isVote() {
    return this instanceof VoteReply reply && reply.granted() && !reply.preVote();
  }

  /** RequestVote; {@code preVote} if it only asks whether the vote would be given. */
  record VoteRequest(long term, boolean preVote, long lastLogIndex, long lastLogTerm)
      implements RaftMessageView {}

  /** The answer to RequestVote. */
  record VoteReply(long term, boolean preVote, boolean granted) implements RaftMessageView {}

  /** AppendEntries; {@code terms} are the terms of its entries, none in a heartbeat. */
  record Append(long term, long round, long prevIndex, long prevTerm, long commit, List<Long> terms)
      implements RaftMessageView {
    /** The last entry that a follower which accepts this agrees to. */
    public long end() {
      return prevIndex + terms.size();
    }

    /** Whether it has no entries. */
    public boolean isHeartbeat() {
      return terms.isEmpty();
    }
  }

  /** The answer to AppendEntries. */
  record AppendReply(long term, long round, boolean success, long matchIndex, long hint)
      implements RaftMessageView {}

  /** InstallSnapshot, or a part of it. */
  record Install(long term, long index, long lastTerm) implements RaftMessageView {}

  /** Any other message between replicas. */
  record Other(long term) implements RaftMessageView {}
}
