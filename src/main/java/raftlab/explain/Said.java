package raftlab.explain;

import java.util.List;

/**
 * What a message between replicas says, in the paper's words, whatever its sender calls them. A
 * number that it doesn't tell is {@link #UNKNOWN}.
 */
sealed interface Said {
  /** A number that isn't told. */
  long UNKNOWN = Long.MIN_VALUE;

  /** The sender's term. */
  long term();

  /** Asks for a vote; {@code preVote} if only whether it would be given. */
  record VoteRequest(long term, boolean preVote, long lastLogIndex, long lastLogTerm)
      implements Said {}

  /** Gives a vote or refuses it. */
  record VoteReply(long term, boolean preVote, boolean granted) implements Said {}

  /** A leader's entries, or none; {@code terms} are the entries' terms. */
  record Append(long term, long round, long prevIndex, long prevTerm, long commit, List<Long> terms)
      implements Said {
    /** The last entry that a follower which takes this agrees about. */
    long end() {
      return prevIndex + terms.size();
    }
  }

  /** A follower's answer to that. */
  record AppendReply(long term, long round, boolean success, long matchIndex, long hint)
      implements Said {}

  /** A leader's snapshot, or a part of it. */
  record Install(long term, long index, long lastTerm) implements Said {}

  /** Anything else between replicas. */
  record Other(long term) implements Said {}
}
