package raftlab.storage;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.random.RandomGenerator;

/** The bytes of a journal's file in memory, as a crash may leave them on a disk. */
final class JournalImage {
  /** The length of an invented record, for a torn write of a replica that had nothing unsynced. */
  private static final int UNKNOWN_RECORD_BYTES = 64;

  private JournalImage() {}

  /** A complete file with these records. */
  static byte[] of(List<byte[]> records) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(JournalFormat.header(JournalFormat.VERSION));
    for (byte[] record : records) {
      file.writeBytes(JournalFormat.frame(file.size(), record));
      file.writeBytes(record);
    }
    return file.toByteArray();
  }

  /**
   * The part that a torn write leaves of this record at this offset: at least the first byte, never
   * all.
   */
  static byte[] torn(long offset, byte[] record, RandomGenerator random) {
    byte[] frame = JournalFormat.frame(offset, record);
    byte[] part = new byte[1 + random.nextInt(frame.length + record.length - 1)];
    System.arraycopy(frame, 0, part, 0, Math.min(part.length, frame.length));
    if (part.length > frame.length) {
      System.arraycopy(record, 0, part, frame.length, part.length - frame.length);
    }
    return part;
  }

  /** An invented record, of which only a part is ever on a disk. */
  static byte[] tornUnknownRecord(RandomGenerator random) {
    byte[] record = new byte[UNKNOWN_RECORD_BYTES];
    random.nextBytes(record);
    return record;
  }
}
