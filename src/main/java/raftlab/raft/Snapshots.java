package raftlab.raft;

import raftlab.node.StateChange.SnapshotInstalled;
import raftlab.node.StateChange.SnapshotTaken;
import raftlab.raft.ByteReader.DamagedException;

/**
 * Log compaction (§7): every replica takes snapshots of what it has applied, by itself, and cuts
 * its log; whoever lacks what was cut gets the leader's snapshot instead.
 */
final class Snapshots {
  /** All parts have arrived, and nothing of the snapshot is missing any more. */
  static final int INSTALLED = -1;

  private final Replica replica;
  private Snapshot latest = Snapshot.NONE;
  private IncomingSnapshot incoming;

  Snapshots(Replica replica) {
    this.replica = replica;
  }

  /** The last one taken or installed; {@link Snapshot#NONE} if there is none. */
  Snapshot latest() {
    return latest;
  }

  /**
   * Takes what was found in the storage.
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
   * @param neededByFollowers the log isn't cut beyond this entry: a follower is about to need what
   *     follows
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
    incoming = null; // the journal begins anew, without its parts
    store();
    replica.host.report(new SnapshotTaken(latest.index(), latest.term()));
  }

  /** A picture of what has been applied by now. */
  Snapshot capture() {
    long lastApplied = replica.commitState.lastApplied();
    return Snapshot.of(
        lastApplied,
        replica.log.term(lastApplied),
        replica.membership.configurationAt(lastApplied),
        replica.machine);
  }

  /**
   * A part of the leader's snapshot has arrived, of entries that this replica doesn't know to be
   * committed. Parts are stored as they come, so that after a restart the rest is enough. A part of
   * another snapshot begins that one: another leader's may well be older.
   *
   * @return how many bytes are there now, from the first on; {@link #INSTALLED} if that is all; 0
   *     if all were there but made no snapshot, so that they are sent again
   */
  int receive(long index, long term, int size, int offset, byte[] part) {
    if (incoming == null || !incoming.isOf(index, term, size)) {
      incoming = new IncomingSnapshot(index, term, size);
    }
    if (incoming.add(offset, part)) {
      replica.journal.snapshotChunk(incoming, offset, part);
    }
    if (!incoming.isComplete()) {
      return incoming.arrived();
    }
    Snapshot complete = incoming.complete();
    incoming = null;
    return install(complete) ? INSTALLED : 0;
  }

  /**
   * Puts the leader's snapshot in the place of the log up to its last entry. If the log has that
   * entry, what follows it stays; else the log contradicts the leader's, and goes (Figure 13, 6 to
   * 8). Whether the snapshot could be read.
   */
  private boolean install(Snapshot snapshot) {
    Membership.ConfigurationEntry members;
    try {
      members = snapshot.restore(replica.machine);
    } catch (DamagedException notASnapshot) {
      return false;
    }
    latest = snapshot;
    Log log = replica.log;
    boolean hasEntry =
        snapshot.index() >= log.baseIndex()
            && snapshot.index() <= log.lastIndex()
            && log.term(snapshot.index()) == snapshot.term();
    if (hasEntry) {
      log.discardUpTo(snapshot.index());
    } else {
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
