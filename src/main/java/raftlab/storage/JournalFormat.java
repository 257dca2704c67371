package raftlab.storage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The bytes of a journal's file; all numbers are big-endian, all checksums CRC32C.
 *
 * <pre>
 *   header   magic "raftlab" and a newline (8)   version (4)   checksum of these 12 bytes (4)
 *   frame    length of the record (4)   checksum of the record (4)   checksum of the frame (4)   record
 * </pre>
 *
 * <p>The checksum of a frame is over its place in the file (8 bytes) and the first two fields. So a
 * frame whose length can be trusted is told from one with a damaged length: only the former may end
 * beyond the end of the file, as a torn write leaves it. And a frame is valid at its own place
 * only: no record can vanish from the middle, or come twice.
 */
final class JournalFormat {
  /** The one version that is known. */
  static final int VERSION = 1;

  static final int HEADER_BYTES = 16;
  static final int FRAME_BYTES = 12;

  /** The longest record: 256 MiB. */
  static final int MAX_RECORD_BYTES = 1 << 28;

  private static final byte[] MAGIC = "raftlab\n".getBytes(StandardCharsets.US_ASCII);

  private JournalFormat() {}

  /** The header of a file of this version. */
  static byte[] header(int version) {
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).put(MAGIC).putInt(version);
    return header.putInt(checksum(header.array(), MAGIC.length + Integer.BYTES)).array();
  }

  /** Whether a header begins as all do, whatever its version. */
  static boolean hasMagic(byte[] header) {
    return ByteBuffer.wrap(header, 0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC));
  }

  /** What stands before this record in a file, at this place. */
  static byte[] frame(long offset, byte[] record) {
    int recordChecksum = checksum(record, record.length);
    return ByteBuffer.allocate(FRAME_BYTES)
        .putInt(record.length)
        .putInt(recordChecksum)
        .putInt(frameChecksum(offset, record.length, recordChecksum))
        .array();
  }

  static int frameChecksum(long offset, int length, int recordChecksum) {
    ByteBuffer covered = ByteBuffer.allocate(Long.BYTES + 2 * Integer.BYTES);
    covered.putLong(offset).putInt(length).putInt(recordChecksum);
    return checksum(covered.array(), covered.capacity());
  }

  static int checksum(byte[] bytes, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, length);
    return (int) checksum.getValue();
  }
}
