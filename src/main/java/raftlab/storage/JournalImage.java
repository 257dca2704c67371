package raftlab.storage;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.random.RandomGenerator;

/** A journal's file as it may stand on a disk after a crash, in memory. */
final class JournalImage {
  /** What a replica might have been writing when nothing is known of it has this length. */
  private static final int MADE_UP_BYTES = 64;

  private JournalImage() {}

  /** A whole file with these records. */
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
   * What a torn write leaves of this record, at this place in a file: at least its first byte, and
   * never all.
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

  /** A record that nobody will ever read: all that is on a disk of it is a part. */
  static byte[] madeUp(RandomGenerator random) {
    byte[] record = new byte[MADE_UP_BYTES];
    random.nextBytes(record);
    return record;
  }
}
