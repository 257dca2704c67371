package raftlab.raft;

import java.util.List;
import raftlab.raft.RaftMessage.AppendEntries;
import raftlab.raft.RaftMessage.AppendReply;
import raftlab.wire.Id;

/** Obeys the leader (AppendEntries RPC, receiver's part, Figure 2 and §5.3). */
final class Following {
  private final Replica replica;
  private final Election election;

  Following(Replica replica, Election election) {
    this.replica = replica;
    this.election = election;
  }

  /** Whether the message came from the leader of the current term. Its term is not above ours. */
  boolean receive(Id sender, AppendEntries append) {
    if (append.term() < replica.currentTerm()) {
      // A deposed leader (§5.1). It learns of the new term, and nothing more.
      replica.send(sender, AppendReply.rejection(replica.currentTerm(), append.round(), 0, 0));
      return false;
    }
    boolean isAnotherLeader =
        replica.roles.isLeaderKnown() && !replica.roles.leader().equals(sender);
    if (isAnotherLeader) {
      return false; // a term has one leader (election safety), so this is none
    }
    replica.roles.follow(sender);
    election.heardFromLeader();
    AppendReply reply = append(append);
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
    long termThere = log.term(prevLogIndex);
    if (termThere != append.prevLogTerm()) {
      // All our entries of that term are doubtful: name the first, so that one message skips them
      // all.
      return AppendReply.rejection(term, append.round(), termThere, log.firstIndexSince(termThere));
    }
    long matchIndex = prevLogIndex + append.entries().size();
    if (!store(prevLogIndex, append.entries())) {
      return null;
    }
    // Beyond matchIndex our log may still hold what the leader doesn't have: that isn't committed.
    replica.commits.advanceTo(Math.min(append.leaderCommit(), matchIndex));
    return AppendReply.success(term, append.round(), matchIndex);
  }

  /**
   * Appends what is new. Deletes our own entries only where one contradicts the leader's: a message
   * that was overtaken by a later one holds less than we have, and must not shorten the log.
   * Whether it could: committed entries contradict no leader, so one that asks to delete them isn't
   * obeyed.
   */
  private boolean store(long prevLogIndex, List<Entry> entries) {
    Log log = replica.log;
    for (int i = 0; i < entries.size(); i++) {
      long index = prevLogIndex + 1 + i;
      Entry entry = entries.get(i);
      if (index <= log.lastIndex()) {
        if (log.term(index) == entry.term()) {
          continue;
        }
        if (index <= replica.commits.commitIndex()) {
          return false;
        }
        log.truncateFrom(index);
      }
      log.append(entry);
    }
    return true;
  }
}
