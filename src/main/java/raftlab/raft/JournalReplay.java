package raftlab.raft;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import raftlab.raft.ByteReader.DamagedException;
import raftlab.wire.Id;

/** Restores the persistent state from the records of a {@link Journal}. */
final class JournalReplay {
  /** A record of a larger snapshot is damaged. */
  static final int MAX_SNAPSHOT_BYTES = 1 << 28;

  private long currentTerm;
  private @Nullable Id votedFor;
  private Snapshot snapshot = Snapshot.NONE;
  private long baseIndex;
  private long baseTerm;
  private final List<LogEntry> entries = new ArrayList<>();
  private @Nullable IncomingSnapshot incoming;

  private JournalReplay() {}

  /**
   * The state after all these records.
   *
   * @throws IllegalStateException if one of them is damaged, or contradicts those before it
   */
  static RecoveredState read(List<byte[]> records) {
    JournalReplay reader = new JournalReplay();
    for (int i = 0; i < records.size(); i++) {
      try {
        ByteReader record = new ByteReader(records.get(i));
        reader.replay(record);
        record.end();
      } catch (DamagedException damaged) {
        throw new IllegalStateException(
            "the stored state can't be used: record "
                + (i + 1)
                + " of "
                + records.size()
                + " "
                + damaged.getMessage());
      }
    }
    return reader.restored(records.isEmpty());
  }

  private RecoveredState restored(boolean isEmpty) {
    return new RecoveredState(
        isEmpty, currentTerm, votedFor, snapshot, baseIndex, baseTerm, entries, incoming);
  }

  private void replay(ByteReader record) throws DamagedException {
    byte kind = record.tag();
    switch (kind) {
      case Journal.TERM -> replayTerm(record);
      case Journal.ENTRY -> replayEntry(record);
      case Journal.TRUNCATE -> replayTruncation(record);
      case Journal.CHUNK -> replayChunk(record);
      case Journal.SNAPSHOT -> replaySnapshot(record);
      case Journal.BASE -> replayBase(record);
      default -> throw new DamagedException("is of an unknown kind (" + kind + ")");
    }
  }

  private void replayTerm(ByteReader record) throws DamagedException {
    long term = record.count();
    if (term < currentTerm) {
      throw new DamagedException("has the term " + term + " after " + currentTerm);
    }
    currentTerm = term;
    votedFor = record.id();
  }

  private void replayEntry(ByteReader record) throws DamagedException {
    long index = record.count();
    long term = record.count();
    long lastTerm = entries.isEmpty() ? baseTerm : entries.get(entries.size() - 1).term();
    if (index != lastIndex() + 1) {
      throw new DamagedException("appends the entry " + index + " after " + lastIndex());
    }
    if (term < Math.max(1, lastTerm) || term > currentTerm) {
      throw new DamagedException(
          "appends an entry of the term " + term + ", not of " + lastTerm + " to " + currentTerm);
    }
    entries.add(LogEntry.of(term, CommandBytes.read(record)));
  }

  private long lastIndex() {
    return baseIndex + entries.size();
  }

  private void replayTruncation(ByteReader record) throws DamagedException {
    long fromIndex = record.count();
    if (fromIndex <= baseIndex || fromIndex > lastIndex()) {
      throw new DamagedException(
          "deletes from "
              + fromIndex
              + " on in a log of "
              + (baseIndex + 1)
              + " to "
              + lastIndex());
    }
    entries.subList((int) (fromIndex - baseIndex - 1), entries.size()).clear();
  }

  private void replayChunk(ByteReader record) throws DamagedException {
    long index = record.count();
    long term = record.count();
    long size = record.count();
    long offset = record.count();
    byte[] part = record.block();
    if (size > MAX_SNAPSHOT_BYTES) {
      throw new DamagedException("is of a snapshot of " + size + " bytes");
    }
    // The first part begins a new snapshot: the parts before made none.
    if (offset == 0 || incoming == null || !incoming.isOf(index, term, (int) size)) {
      incoming = new IncomingSnapshot(index, term, (int) size);
    }
    if (!incoming.add((int) offset, part)) {
      throw new DamagedException(
          "continues a snapshot at "
              + offset
              + " of which "
              + incoming.arrived()
              + " bytes are there");
    }
  }

  private void replaySnapshot(ByteReader record) throws DamagedException {
    snapshot = new Snapshot(record.count(), record.count(), record.block());
  }

  private void replayBase(ByteReader record) throws DamagedException {
    baseIndex = record.count();
    baseTerm = record.count();
    if (baseIndex > snapshot.index()) {
      throw new DamagedException(
          "begins the log after " + baseIndex + ", behind the snapshot of " + snapshot.index());
    }
    entries.clear();
  }
}
