package raftlab.raft;

import raftlab.raft.ByteReader.DamagedException;

/**
 * A picture of the state machine that stands for the log up to an entry (§7). Replicas that have
 * applied the same entries make the same snapshot, byte for byte, so it may begin to come from one
 * leader and be finished by the next.
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

  /** Pictures what has been applied up to this entry. */
  static Snapshot of(
      long index, long term, Membership.ConfigurationEntry members, StateMachine machine) {
    ByteWriter out = new ByteWriter(1_024);
    out.number(members.index());
    CommandBytes.write(members.configuration(), out);
    machine.write(out);
    return new Snapshot(index, term, out.bytes());
  }

  /**
   * Puts the state machine into the pictured state; returns the members of then. Changes nothing if
   * the picture can't be read.
   */
  Membership.ConfigurationEntry restore(StateMachine machine) throws DamagedException {
    ByteReader in = new ByteReader(data);
    Membership.ConfigurationEntry members =
        new Membership.ConfigurationEntry(in.count(), CommandBytes.configuration(in));
    machine.read(in);
    return members;
  }
}
