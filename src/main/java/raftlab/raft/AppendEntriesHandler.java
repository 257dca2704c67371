package raftlab.raft;

import java.util.List;
import raftlab.raft.RaftMessage.AppendEntries;
import raftlab.raft.RaftMessage.AppendReply;
import raftlab.raft.RaftMessage.FollowerReply;
import raftlab.raft.RaftMessage.InstallSnapshot;
import raftlab.raft.RaftMessage.LeaderRequest;
import raftlab.raft.RaftMessage.SnapshotReply;
import raftlab.wire.Id;

/**
 * Obeys the leader (AppendEntries and InstallSnapshot RPC, receiver's part, Figures 2 and 13, §5.3,
 * §7).
 */
final class AppendEntriesHandler {
  private final Replica replica;
  private final Election election;

  /** The term and round of the latest part of a snapshot: one with an earlier round is late. */
  private long snapshotTerm;

  private long snapshotRound;

  AppendEntriesHandler(Replica replica, Election election) {
    this.replica = replica;
    this.election = election;
  }

  /** Whether the message came from the leader of the current term. Its term is not above ours. */
  boolean handle(Id sender, LeaderRequest message) {
    if (message.term() < replica.currentTerm()) {
      // A deposed leader (§5.1). It learns of the new term, and nothing more.
      replica.send(sender, AppendReply.outdated(replica.currentTerm(), message));
      return false;
    }
    boolean isAnotherLeader =
        replica.roles.isLeaderKnown() && !replica.roles.leader().equals(sender);
    if (isAnotherLeader) {
      return false; // a term has one leader (election safety), so this is none
    }
    replica.roles.becomeFollowerOf(sender);
    election.receivedFromLeader();
    FollowerReply reply =
        message instanceof AppendEntries append
            ? append(append)
            : install((InstallSnapshot) message);
    if (reply != null) {
      replica.send(sender, reply);
    }
    return true;
  }

  /**
   * The answer; null for a message that no leader can have sent, since an answer would only bring
   * it again.
   */
  private AppendReply append(AppendEntries append) {
    Log log = replica.log;
    long term = replica.currentTerm();
    long prevLogIndex = append.prevLogIndex();
    if (prevLogIndex > log.lastIndex()) {
      return AppendReply.rejection(term, append.round(), 0, log.lastIndex() + 1);
    }
    // What we have discarded was committed, so the leader has the same there.
    if (prevLogIndex >= log.baseIndex() && log.term(prevLogIndex) != append.prevLogTerm()) {
      return prevLogIndex > replica.commitState.commitIndex() ? conflictReply(append) : null;
    }
    long matchIndex = prevLogIndex + append.entries().size();
    if (!appendNewEntries(prevLogIndex, append.entries())) {
      return null;
    }
    // Beyond matchIndex our log may still hold what the leader doesn't have: that isn't committed.
    replica.commitState.advanceTo(Math.min(append.leaderCommit(), matchIndex));
    return AppendReply.success(term, append.round(), matchIndex);
  }

  /**
   * All our entries of the term that we have there are doubtful: names the first, so that one
   * message skips them all.
   */
  private AppendReply conflictReply(AppendEntries append) {
    long termThere = replica.log.term(append.prevLogIndex());
    return AppendReply.rejection(
        replica.currentTerm(),
        append.round(),
        termThere,
        replica.log.firstIndexOfTermOrLater(termThere));
  }

  /**
   * Appends what is new. Deletes our own entries only where one contradicts the leader's: a message
   * that was overtaken by a later one holds less than we have, and must not shorten the log.
   * Whether it could: committed entries contradict no leader, so one that asks to delete them isn't
   * obeyed.
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
        log.truncateFrom(index);
      }
      log.append(entry);
    }
    return true;
  }

  /**
   * A snapshot is no news if its entries are known to be committed here; it must not put the state
   * machine back (§7). What is committed here the leader has as well, so that is where it may go
   * on.
   */
  private FollowerReply install(InstallSnapshot install) {
    long term = replica.currentTerm();
    if (install.lastIncludedIndex() <= replica.commitState.commitIndex()) {
      return AppendReply.success(term, install.round(), replica.commitState.commitIndex());
    }
    if (snapshotTerm == term && install.round() < snapshotRound) {
      return null; // overtaken by a later part, perhaps of another snapshot
    }
    snapshotTerm = term;
    snapshotRound = install.round();
    int arrived =
        replica.snapshots.receive(
            install.lastIncludedIndex(),
            install.lastIncludedTerm(),
            install.size(),
            install.offset(),
            install.data());
    return arrived == Snapshots.INSTALLED
        ? AppendReply.success(term, install.round(), install.lastIncludedIndex())
        : new SnapshotReply(term, install.round(), install.lastIncludedIndex(), arrived);
  }
}
