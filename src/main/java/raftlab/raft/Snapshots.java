package raftlab.raft;

import org.jspecify.annotations.Nullable;
import raftlab.node.StateChange.SnapshotInstalled;
import raftlab.node.StateChange.SnapshotTaken;
import raftlab.raft.ByteReader.DamagedException;

/**
 * Log compaction (§7): each replica takes snapshots of what it has applied, independently, and
 * discards the entries that they cover. A follower that needs discarded entries gets the leader's
 * snapshot instead.
 */
final class Snapshots {
  /** All parts have arrived and the snapshot is installed. */
  static final int INSTALLED = -1;

  private final Replica replica;
  private Snapshot latest = Snapshot.NONE;
  private @Nullable IncomingSnapshot incoming;

  Snapshots(Replica replica) {
    this.replica = replica;
  }

  /** The last one taken or installed; {@link Snapshot#NONE} if there is none. */
  Snapshot latest() {
    return latest;
  }

  /**
   * Restores what was stored.
   *
   * @throws IllegalStateException if the snapshot can't be read
   */
  void restore(RecoveredState restored) {
    incoming = restored.incoming();
    if (restored.snapshot().exists()) {
      try {
        latest = restored.snapshot();
        replica.membership.reset(latest.restore(replica.machine));
        replica.commitState.resetToSnapshot(latest.index());
      } catch (DamagedException damaged) {
        throw new IllegalStateException(
            "the stored state can't be used: its snapshot " + damaged.getMessage());
      }
    }
  }

  /**
   * After any event: takes a snapshot if enough entries were applied since the last one.
   *
   * @param neededByFollowers the log keeps the entries after this one
   */
  void compactIfDue(long neededByFollowers) {
    int threshold = replica.settings.get(Setting.SNAPSHOT_THRESHOLD);
    long lastApplied = replica.commitState.lastApplied();
    if (threshold == 0 || lastApplied - latest.index() < threshold) {
      return;
    }
    Log log = replica.log;
    latest = capture();
    long cut =
        Math.min(neededByFollowers, lastApplied - replica.settings.get(Setting.SNAPSHOT_KEEP));
    if (cut > log.baseIndex()) {
      log.discardUpTo(cut);
    }
    incoming = null; // the new journal doesn't have its parts
    store();
    replica.host.report(new SnapshotTaken(latest.index(), latest.term()));
  }

  /** A snapshot of what has been applied by now. */
  Snapshot capture() {
    long lastApplied = replica.commitState.lastApplied();
    return Snapshot.of(
        lastApplied,
        replica.log.term(lastApplied),
        replica.membership.configurationAt(lastApplied),
        replica.machine);
  }

  /**
   * A part of the leader's snapshot has arrived, which covers entries that are not committed here
   * yet. Parts are stored when they arrive, so that they survive a restart.
   *
   * @return how many bytes have arrived, from the first on; {@link #INSTALLED} if all have; 0 if
   *     all have but they can't be read, so that they are sent again
   */
  int receive(long index, long term, int size, int offset, byte[] part) {
    // Figure 13, InstallSnapshot 2: "Create new snapshot file if first chunk (offset is 0)". The
    // parts of another snapshot are discarded, even of a later one: the new leader's may be older.
    if (incoming == null || !incoming.isOf(index, term, size)) {
      incoming = new IncomingSnapshot(index, term, size);
    }
    // Figure 13, InstallSnapshot 3: "Write data into snapshot file at given offset"
    if (incoming.add(offset, part)) {
      replica.journal.snapshotChunk(incoming, offset, part);
    }
    // Figure 13, InstallSnapshot 4: "Reply and wait for more data chunks if done is false"
    if (!incoming.isComplete()) {
      return incoming.arrived();
    }
    Snapshot complete = incoming.complete();
    incoming = null;
    return install(complete) ? INSTALLED : 0;
  }

  /**
   * Replaces the log up to the snapshot's last entry. Returns false if the snapshot can't be read.
   */
  private boolean install(Snapshot snapshot) {
    Membership.ConfigurationEntry members;
    try {
      // Figure 13, InstallSnapshot 8: "Reset state machine using snapshot contents (and load
      // snapshot's cluster configuration)"
      members = snapshot.restore(replica.machine);
    } catch (DamagedException notASnapshot) {
      return false;
    }
    // Figure 13, InstallSnapshot 5: "Save snapshot file, discard any existing or partial snapshot
    // with a smaller index"
    latest = snapshot;
    Log log = replica.log;
    boolean hasEntry =
        snapshot.index() >= log.baseIndex()
            && snapshot.index() <= log.lastIndex()
            && log.term(snapshot.index()) == snapshot.term();
    if (hasEntry) {
      // Figure 13, InstallSnapshot 6: "If existing log entry has same index and term as snapshot's
      // last included entry, retain log entries following it and reply"
      log.discardUpTo(snapshot.index());
    } else {
      // Figure 13, InstallSnapshot 7: "Discard the entire log"
      log.restartAfter(snapshot.index(), snapshot.term());
      replica.membership.reset(members);
    }
    replica.commitState.resetToSnapshot(snapshot.index());
    store();
    replica.host.report(new SnapshotInstalled(snapshot.index(), snapshot.term(), log.lastIndex()));
    return true;
  }

  private void store() {
    TermAndVote termAndVote = replica.termAndVote;
    replica.journal.compact(termAndVote.currentTerm(), termAndVote.votedFor(), latest, replica.log);
  }
}
