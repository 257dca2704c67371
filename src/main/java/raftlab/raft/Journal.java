package raftlab.raft;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import raftlab.node.Storage;
import raftlab.wire.Id;

/**
 * The persistent state of Figure 2 and §7, as records in the host's storage. Figure 2, State:
 * "Persistent state on all servers: (Updated on stable storage before responding to RPCs)". Each
 * record is one change. {@link JournalReplay} restores the state from all of them.
 *
 * <pre>
 *   'T' term votedFor                  currentTerm and votedFor changed
 *   'E' index term command             appended an entry
 *   'X' index                          deleted this entry and all that follow
 *   'C' index term size offset bytes   a part of a leader's snapshot arrived
 *   'S' index term bytes               a snapshot of the state up to this entry
 *   'B' index term                     the log begins after this entry
 * </pre>
 *
 * Each snapshot replaces all records: T, S, B, and the entries that stay.
 */
final class Journal {
  static final byte TERM = 'T';
  static final byte ENTRY = 'E';
  static final byte TRUNCATE = 'X';
  static final byte CHUNK = 'C';
  static final byte SNAPSHOT = 'S';
  static final byte BASE = 'B';

  private static final int NUMBERS = 48;

  private final Storage storage;

  Journal(Storage storage) {
    this.storage = storage;
  }

  void termAndVote(long currentTerm, @Nullable Id votedFor) {
    storage.append(termRecord(currentTerm, votedFor));
  }

  void append(long index, LogEntry entry) {
    storage.append(entryRecord(index, entry));
  }

  void truncate(long fromIndex) {
    storage.append(new ByteWriter(NUMBERS).tag(TRUNCATE).number(fromIndex).bytes());
  }

  /** A part of a leader's snapshot arrived. */
  void snapshotChunk(IncomingSnapshot snapshot, int offset, byte[] part) {
    storage.append(
        new ByteWriter(NUMBERS + part.length)
            .tag(CHUNK)
            .number(snapshot.index())
            .number(snapshot.term())
            .number(snapshot.size())
            .number(offset)
            .block(part)
            .bytes());
  }

  /** Replaces all records by a snapshot and the rest of the log. */
  void compact(long currentTerm, @Nullable Id votedFor, Snapshot snapshot, Log log) {
    List<byte[]> records = new ArrayList<>(log.entries().size() + 3);
    records.add(termRecord(currentTerm, votedFor));
    records.add(
        new ByteWriter(NUMBERS + snapshot.data().length)
            .tag(SNAPSHOT)
            .number(snapshot.index())
            .number(snapshot.term())
            .block(snapshot.data())
            .bytes());
    records.add(
        new ByteWriter(NUMBERS).tag(BASE).number(log.baseIndex()).number(log.baseTerm()).bytes());
    for (long index = log.baseIndex() + 1; index <= log.lastIndex(); index++) {
      records.add(entryRecord(index, log.entry(index)));
    }
    storage.replace(records);
  }

  private static byte[] termRecord(long currentTerm, @Nullable Id votedFor) {
    return new ByteWriter(NUMBERS).tag(TERM).number(currentTerm).id(votedFor).bytes();
  }

  private static byte[] entryRecord(long index, LogEntry entry) {
    ByteWriter out = new ByteWriter(NUMBERS + entry.bytes());
    out.tag(ENTRY).number(index).number(entry.term());
    CommandBytes.write(entry.command(), out);
    return out.bytes();
  }

  /**
   * Restores the state.
   *
   * @throws IllegalStateException if one of them is damaged, or contradicts those before it
   */
  RecoveredState restore() {
    return JournalReplay.read(storage.load());
  }
}
