package raftlab.node;

import java.util.List;
import raftlab.wire.Id;

/**
 * A change of a replica's state that the replica reports to the lab kit. The checks of Raft's
 * safety properties (§5, Figure 3 of the paper) read these reports.
 */
public sealed interface StateChange {
  /**
   * The field of a report, beside those of the change, with the number of datagrams that the
   * replica had sent since its start, hello included. It orders the change among the datagrams.
   */
  String SENT_FIELD = "sent";

  /**
   * The roles of a replica (§5.1), and the phase before a candidacy (PreVote, dissertation §9.6).
   */
  enum Role {
    FOLLOWER,
    PRE_CANDIDATE,
    CANDIDATE,
    LEADER
  }

  /**
   * Its role in this term changed; {@code leader} is the leader that it follows, {@link
   * Id#BROADCAST} if unknown.
   */
  record RoleChanged(Role role, long term, Id leader) implements StateChange {}

  /** Its current term changed. */
  record TermChanged(long term) implements StateChange {}

  /** It voted for this candidate in this term. */
  record Voted(long term, Id candidate) implements StateChange {}

  /**
   * It appended this entry to its log.
   *
   * @param index the index of the entry, from 1
   * @param command what the entry does, in one line; "" for a no-op
   */
  record Appended(long index, long term, String command) implements StateChange {}

  /** It deleted this entry and all that follow. */
  record Truncated(long fromIndex) implements StateChange {}

  /** Its commit index changed to this. */
  record Committed(long index) implements StateChange {}

  /** It applied this entry to its state machine. */
  record Applied(long index, long term) implements StateChange {}

  /**
   * It restarted and found this in its storage; not reported if the storage was empty. It applies
   * entries after {@code snapshotIndex} again.
   *
   * @param votedFor the candidate it voted for in this term; {@link Id#BROADCAST} if it has not
   *     voted
   * @param snapshotIndex the last entry that its snapshot covers; 0 without a snapshot
   * @param lastIndex the last entry of its log
   * @param lastTerm that entry's term
   */
  record Restored(long term, Id votedFor, long snapshotIndex, long lastIndex, long lastTerm)
      implements StateChange {}

  /** It took a snapshot of its state machine, which covers its log up to this entry (§7). */
  record SnapshotTaken(long index, long term) implements StateChange {}

  /**
   * It installed the leader's snapshot, which covers the log up to this entry (§7). Its commit
   * index and last applied index are at least that now. {@code lastIndex} is the last entry of its
   * log afterwards.
   */
  record SnapshotInstalled(long index, long term, long lastIndex) implements StateChange {}

  /**
   * No change, but a note of its author for the picture of the run, such as "timer: 312 ms". No
   * check reads it.
   */
  record Note(String text) implements StateChange {}

  /**
   * The configuration that it uses changed (§6, dissertation §4.1).
   *
   * @param index the index of the configuration entry; 0 for the configuration at the start
   * @param voters the voting members, ascending
   * @param learners the members that receive the log and don't vote yet, ascending
   */
  record MembersChanged(long index, List<Id> voters, List<Id> learners) implements StateChange {
    /** Copies the lists. */
    public MembersChanged {
      voters = List.copyOf(voters);
      learners = List.copyOf(learners);
    }
  }
}
