package raftlab.raft;

import java.util.List;
import org.jspecify.annotations.Nullable;
import raftlab.raft.RaftMessage.AppendEntries;
import raftlab.raft.RaftMessage.AppendReply;
import raftlab.wire.Id;

/**
 * Answers AppendEntries (receiver implementation, Figure 2, §5.3). Figure 2, Followers 1: "Respond
 * to RPCs from candidates and leaders".
 */
final class AppendEntriesHandler {
  private final Replica replica;
  private final Election election;

  AppendEntriesHandler(Replica replica, Election election) {
    this.replica = replica;
    this.election = election;
  }

  /**
   * Answers a message whose term is not later than ours. Returns whether it came from the leader of
   * the current term.
   */
  boolean handle(Id sender, AppendEntries append) {
    // Figure 2, AppendEntries 1: "Reply false if term < currentTerm"
    if (append.term() < replica.currentTerm()) {
      replica.send(sender, AppendReply.outdated(replica.currentTerm(), append));
      return false;
    }
    if (!election.followLeader(sender)) {
      return false;
    }
    AppendReply reply = append(append);
    if (reply != null) {
      replica.send(sender, reply);
    }
    return true;
  }

  /**
   * The reply; null for a message that contradicts committed entries. No leader sends such a
   * message, and a rejection would only make its sender repeat it.
   */
  private @Nullable AppendReply append(AppendEntries append) {
    Log log = replica.log;
    long term = replica.currentTerm();
    long prevLogIndex = append.prevLogIndex();
    // Figure 2, AppendEntries 2: "Reply false if log doesn't contain an entry at prevLogIndex whose
    // term matches prevLogTerm"
    if (prevLogIndex > log.lastIndex()) {
      return AppendReply.rejection(term, append.round(), 0, log.lastIndex() + 1);
    }
    // Discarded entries were committed, so the leader has the same (§5.4).
    if (prevLogIndex >= log.baseIndex() && log.term(prevLogIndex) != append.prevLogTerm()) {
      return prevLogIndex > replica.commitState.commitIndex() ? rejectConflict(append) : null;
    }
    if (!appendNewEntries(prevLogIndex, append.entries())) {
      return null;
    }
    // Figure 2, AppendEntries 5: "If leaderCommit > commitIndex, set commitIndex =
    // min(leaderCommit, index of last new entry)". Behind the last new entry the log may differ
    // from the leader's.
    long lastNewIndex = prevLogIndex + append.entries().size();
    replica.commitState.advanceTo(Math.min(append.leaderCommit(), lastNewIndex));
    return AppendReply.success(term, append.round(), lastNewIndex);
  }

  /**
   * §5.3: "when rejecting an AppendEntries request, the follower can include the term of the
   * conflicting entry and the first index it stores for that term".
   */
  private AppendReply rejectConflict(AppendEntries append) {
    long conflictTerm = replica.log.term(append.prevLogIndex());
    long conflictIndex = replica.log.firstIndexOfTermOrLater(conflictTerm);
    return AppendReply.rejection(
        replica.currentTerm(), append.round(), conflictTerm, conflictIndex);
  }

  /**
   * Makes the log contain these entries. Deletes entries only where one conflicts: a message that
   * was overtaken by a later one has fewer entries than the log, and must not shorten it. Returns
   * false if a committed entry conflicts: then the sender is no leader.
   */
  private boolean appendNewEntries(long prevLogIndex, List<LogEntry> entries) {
    Log log = replica.log;
    int discarded = (int) Math.min(entries.size(), Math.max(0, log.baseIndex() - prevLogIndex));
    for (int i = discarded; i < entries.size(); i++) {
      long index = prevLogIndex + 1 + i;
      LogEntry entry = entries.get(i);
      if (index <= log.lastIndex()) {
        if (log.term(index) == entry.term()) {
          continue;
        }
        if (index <= replica.commitState.commitIndex()) {
          return false;
        }
        // Figure 2, AppendEntries 3: "If an existing entry conflicts with a new one (same index but
        // different terms), delete the existing entry and all that follow it"
        log.truncateFrom(index);
      }
      // Figure 2, AppendEntries 4: "Append any new entries not already in the log"
      log.append(entry);
    }
    return true;
  }
}
