package raftlab.raft;

import org.jspecify.annotations.Nullable;
import raftlab.raft.RaftMessage.AppendReply;
import raftlab.raft.RaftMessage.FollowerReply;
import raftlab.raft.RaftMessage.InstallSnapshot;
import raftlab.raft.RaftMessage.SnapshotReply;
import raftlab.wire.Id;

/** Answers InstallSnapshot (receiver implementation, Figure 13, §7). */
final class InstallSnapshotHandler {
  private final Replica replica;
  private final Election election;

  /** The term and round of the latest part: one with an earlier round was overtaken. */
  private long latestTerm;

  private long latestRound;

  InstallSnapshotHandler(Replica replica, Election election) {
    this.replica = replica;
    this.election = election;
  }

  /**
   * Answers a message whose term is not later than ours. Returns whether it came from the leader of
   * the current term.
   */
  boolean handle(Id sender, InstallSnapshot install) {
    // Figure 13, InstallSnapshot 1: "Reply immediately if term < currentTerm"
    if (install.term() < replica.currentTerm()) {
      replica.send(sender, AppendReply.outdated(replica.currentTerm(), install));
      return false;
    }
    if (!election.followLeader(sender)) {
      return false;
    }
    FollowerReply reply = install(install);
    if (reply != null) {
      replica.send(sender, reply);
    }
    return true;
  }

  /**
   * A snapshot of entries that are committed here already is not installed: it must not set the
   * state machine back (§7). The leader has all that is committed here, so it can go on from there.
   */
  private @Nullable FollowerReply install(InstallSnapshot install) {
    long term = replica.currentTerm();
    if (install.lastIncludedIndex() <= replica.commitState.commitIndex()) {
      return AppendReply.success(term, install.round(), replica.commitState.commitIndex());
    }
    if (latestTerm == term && install.round() < latestRound) {
      return null; // overtaken by a later part, perhaps of another snapshot
    }
    latestTerm = term;
    latestRound = install.round();
    int arrived =
        replica.snapshots.receive(
            install.lastIncludedIndex(),
            install.lastIncludedTerm(),
            install.size(),
            install.offset(),
            install.data());
    // Figure 13, InstallSnapshot 4: "Reply and wait for more data chunks if done is false"
    return arrived == Snapshots.INSTALLED
        ? AppendReply.success(term, install.round(), install.lastIncludedIndex())
        : new SnapshotReply(term, install.round(), install.lastIncludedIndex(), arrived);
  }
}
