package raftlab.raft;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import raftlab.node.Storage;
import raftlab.raft.Command.NoOp;
import raftlab.raft.Command.Put;
import raftlab.wire.Id;

/**
 * The persistent state of Figure 2, as records in the host's storage: each says one change, and
 * those of all times together say the present state.
 *
 * <pre>
 *   'T' term (8 bytes) votedFor (4, -1 for none)      currentTerm and votedFor are these now
 *   'N' index (8) term (8)                            appended an entry that does nothing
 *   'P' index (8) term (8) length (4) key value       appended a put
 *   'X' index (8)                                     deleted this entry and all that follow
 * </pre>
 */
final class Journal {
  /** What the records say. */
  record Restored(boolean isEmpty, long currentTerm, Id votedFor, List<Entry> entries) {}

  private static final byte TERM = 'T';
  private static final byte NO_OP = 'N';
  private static final byte PUT = 'P';
  private static final byte TRUNCATE = 'X';

  private final Storage storage;

  Journal(Storage storage) {
    this.storage = storage;
  }

  void termAndVote(long currentTerm, Id votedFor) {
    int vote = votedFor == null ? -1 : votedFor.value();
    storage.append(ByteBuffer.allocate(13).put(TERM).putLong(currentTerm).putInt(vote).array());
  }

  void append(long index, Entry entry) {
    if (entry.command() instanceof Put put) {
      byte[] key = put.key().getBytes(StandardCharsets.UTF_8);
      byte[] value = put.value().getBytes(StandardCharsets.UTF_8);
      ByteBuffer record = ByteBuffer.allocate(21 + key.length + value.length).put(PUT);
      record.putLong(index).putLong(entry.term()).putInt(key.length).put(key).put(value);
      storage.append(record.array());
    } else {
      storage.append(
          ByteBuffer.allocate(17).put(NO_OP).putLong(index).putLong(entry.term()).array());
    }
  }

  void truncate(long fromIndex) {
    storage.append(ByteBuffer.allocate(9).put(TRUNCATE).putLong(fromIndex).array());
  }

  /**
   * Reads all records.
   *
   * @throws IllegalStateException if one of them can't be understood, or contradicts those before
   *     it
   */
  Restored restore() {
    List<byte[]> records = storage.load();
    Reading reading = new Reading();
    for (int i = 0; i < records.size(); i++) {
      String complaint = reading.take(ByteBuffer.wrap(records.get(i)));
      if (complaint != null) {
        throw new IllegalStateException(
            "the stored state can't be used: record "
                + (i + 1)
                + " of "
                + records.size()
                + " "
                + complaint);
      }
    }
    return new Restored(records.isEmpty(), reading.currentTerm, reading.votedFor, reading.entries);
  }

  /** The state as told by the records so far. */
  private static final class Reading {
    private long currentTerm;
    private Id votedFor;
    private final List<Entry> entries = new ArrayList<>();

    /** Takes one record; returns what is wrong with it, or null. */
    String take(ByteBuffer record) {
      if (!record.hasRemaining()) {
        return "is empty";
      }
      byte kind = record.get();
      return switch (kind) {
        case TERM -> record.remaining() == 12 ? takeTerm(record) : "has a wrong length";
        case NO_OP -> record.remaining() == 16 ? takeEntry(record, false) : "has a wrong length";
        case PUT -> record.remaining() >= 20 ? takeEntry(record, true) : "has a wrong length";
        case TRUNCATE -> record.remaining() == 8 ? takeTruncation(record) : "has a wrong length";
        default -> "is of an unknown kind (" + kind + ")";
      };
    }

    private String takeTerm(ByteBuffer record) {
      long term = record.getLong();
      int vote = record.getInt();
      if (term < currentTerm || term > MessageCodec.MAX_NUMBER) {
        return "has the term " + term + " after " + currentTerm;
      }
      if (vote < -1 || vote >= 0xFFFF) {
        return "has a vote for " + vote + ", which is no replica's ID";
      }
      currentTerm = term;
      votedFor = vote < 0 ? null : Id.of(vote);
      return null;
    }

    private String takeEntry(ByteBuffer record, boolean isPut) {
      long index = record.getLong();
      long term = record.getLong();
      long lastTerm = entries.isEmpty() ? 1 : entries.get(entries.size() - 1).term();
      if (index != entries.size() + 1L) {
        return "appends the entry " + index + " to a log of " + entries.size();
      }
      if (term < lastTerm || term > currentTerm) {
        return "appends an entry of the term "
            + term
            + ", not of "
            + lastTerm
            + " to "
            + currentTerm;
      }
      if (!isPut) {
        entries.add(Entry.of(term, NoOp.INSTANCE));
        return null;
      }
      int keyLength = record.getInt();
      if (keyLength < 0 || keyLength > record.remaining()) {
        return "has a key of " + keyLength + " bytes, longer than itself";
      }
      entries.add(Entry.of(term, put(record, keyLength)));
      return null;
    }

    private static Put put(ByteBuffer record, int keyLength) {
      String key = text(record, keyLength);
      return new Put(key, text(record, record.remaining()));
    }

    private static String text(ByteBuffer record, int length) {
      byte[] bytes = new byte[length];
      record.get(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    }

    private String takeTruncation(ByteBuffer record) {
      long fromIndex = record.getLong();
      if (fromIndex < 1 || fromIndex > entries.size()) {
        return "deletes from " + fromIndex + " on in a log of " + entries.size();
      }
      entries.subList((int) fromIndex - 1, entries.size()).clear();
      return null;
    }
  }
}
