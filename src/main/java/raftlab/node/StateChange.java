package raftlab.node;

import java.util.List;
import raftlab.wire.Id;

/**
 * A change of a replica's state that it reports to whoever watches: the words that the judges of
 * Raft's safety properties (§5, Figure 3 of the paper) think in.
 */
public sealed interface StateChange {
  /**
   * The field of a report, beside those of the change, that tells how many datagrams the replica
   * had sent by then, hello included, since it was started: where the change belongs among them.
   */
  String SENT = "sent";

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

  /**
   * It started again and found this in its storage; not reported by one that finds nothing. What it
   * applies begins anew after {@code snapshotIndex}.
   *
   * @param votedFor to whom its vote of this term went; {@link Id#BROADCAST} if to nobody
   * @param snapshotIndex the last entry that its snapshot covers; 0 if it has none
   * @param lastIndex the last entry of its log
   * @param lastTerm that entry's term
   */
  record Restored(long term, Id votedFor, long snapshotIndex, long lastIndex, long lastTerm)
      implements StateChange {}

  /** It took a snapshot of its state machine, which covers its log up to this entry (§7). */
  record SnapshotTaken(long index, long term) implements StateChange {}

  /**
   * It took over the leader's snapshot, which covers the log up to this entry (§7): committed and
   * applied are at least that far now. {@code lastIndex} is the last entry of its log afterwards.
   */
  record SnapshotInstalled(long index, long term, long lastIndex) implements StateChange {}

  /**
   * From now on these are the cluster's members, as far as it knows (§6, dissertation §4.1).
   *
   * @param index the entry that says so; 0 for what the replica was started with
   * @param voters those who vote, ascending
   * @param learners those who get the log and don't vote yet, ascending
   */
  record MembersChanged(long index, List<Id> voters, List<Id> learners) implements StateChange {
    /** Takes copies of the lists. */
    public MembersChanged {
      voters = List.copyOf(voters);
      learners = List.copyOf(learners);
    }
  }
}
