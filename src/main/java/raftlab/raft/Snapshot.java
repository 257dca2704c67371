package raftlab.raft;

import raftlab.raft.ByteReader.DamagedException;

/**
 * The state of the state machine after an entry, which replaces the log up to there (§7). Replicas
 * that have applied the same entries make the same snapshot, byte for byte. So a follower can get
 * the first parts from one leader and the others from the next.
 *
 * @param index the last entry that it covers (lastIncludedIndex)
 * @param term that entry's term (lastIncludedTerm)
 * @param data the members as of that entry, and the state machine
 */
record Snapshot(long index, long term, byte[] data) {
  /** There is none yet. */
  static final Snapshot NONE = new Snapshot(0, 0, new byte[0]);

  boolean exists() {
    return index > 0;
  }

  /** The snapshot of what has been applied up to this entry. */
  static Snapshot of(
      long index, long term, Membership.ConfigurationEntry members, StateMachine machine) {
    ByteWriter out = new ByteWriter(1_024);
    out.number(members.index());
    CommandBytes.write(members.configuration(), out);
    machine.write(out);
    return new Snapshot(index, term, out.bytes());
  }

  /**
   * Resets the state machine; returns the configuration at that entry. Changes nothing if the
   * snapshot can't be read.
   */
  Membership.ConfigurationEntry restore(StateMachine machine) throws DamagedException {
    ByteReader in = new ByteReader(data);
    Membership.ConfigurationEntry members =
        new Membership.ConfigurationEntry(in.count(), CommandBytes.configuration(in));
    machine.read(in);
    return members;
  }
}
