package raftlab.node;

import raftlab.wire.Id;

/**
 * A change of a replica's state that it reports to whoever watches: the words that the judges of
 * Raft's safety properties (§5, Figure 3 of the paper) think in.
 */
public sealed interface StateChange {
  /**
   * The parts that a replica can play (§5.1), and the canvass before a candidacy (PreVote,
   * dissertation §9.6).
   */
  enum Role {
    FOLLOWER,
    PRE_CANDIDATE,
    CANDIDATE,
    LEADER
  }

  /**
   * It plays another part now, in this term; {@code leader} is whom it follows, {@link
   * Id#BROADCAST} if unknown.
   */
  record RoleChanged(Role role, long term, Id leader) implements StateChange {}

  /** Its current term is now this. */
  record TermChanged(long term) implements StateChange {}

  /** It gave its vote of this term to this candidate. */
  record Voted(long term, Id candidate) implements StateChange {}

  /**
   * It appended this entry to its log.
   *
   * @param index the entry's place, from 1
   * @param command what the entry does, in one line; "" for an entry that does nothing
   */
  record Appended(long index, long term, String command) implements StateChange {}

  /** It deleted this entry and all that follow. */
  record Truncated(long fromIndex) implements StateChange {}

  /** It knows now that all entries up to this one are committed. */
  record Committed(long index) implements StateChange {}

  /** It applied this entry to its state machine. */
  record Applied(long index, long term) implements StateChange {}
}
