package raftlab.raft;

import java.util.Arrays;
import raftlab.raft.RaftMessage.InstallSnapshot;

/**
 * The leader's part of InstallSnapshot (§7, Figure 13): "Invoked by leader to send chunks of a
 * snapshot to a follower", when the follower needs entries that the leader has discarded.
 */
final class SnapshotSender {
  private final Replica replica;
  private final Followers followers;

  SnapshotSender(Replica replica, Followers followers) {
    this.replica = replica;
    this.followers = followers;
  }

  /** Sends the next part. */
  void send(int slot, long now) {
    FollowerProgress follower = followers.get(slot);
    Snapshot snapshot = follower.snapshotToSend(replica.snapshots.latest());
    byte[] data = snapshot.data();
    int offset = follower.snapshotOffset();
    int end = Math.min(data.length, offset + replica.settings.get(Setting.SNAPSHOT_CHUNK));
    long round = followers.sentMessages().next(now);
    follower.onSent(round, now, 0); // InstallSnapshot has no leaderCommit
    follower.onSnapshotBytesSent(end - offset);
    follower.isBehind = snapshot.index() < replica.log.lastIndex();
    replica.send(
        replica.peers.id(slot),
        new InstallSnapshot(
            replica.currentTerm(),
            round,
            snapshot.index(),
            snapshot.term(),
            data.length,
            offset,
            Arrays.copyOfRange(data, offset, end)));
  }
}
