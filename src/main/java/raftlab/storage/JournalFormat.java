package raftlab.storage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The format of a journal's file; numbers are big-endian, checksums are CRC32C.
 *
 * <pre>
 *   header   magic "raftlab" and a newline (8)   version (4)   checksum of these 12 bytes (4)
 *   frame    length of the record (4)   checksum of the record (4)   checksum of the frame (4)   record
 * </pre>
 *
 * <p>The checksum of a frame covers its offset in the file (8 bytes) and the first two fields. It
 * shows whether the length can be trusted: only a frame with a valid length may continue beyond the
 * end of the file, as a torn write leaves it. A frame is valid at its own offset only, so that no
 * record can vanish from the middle or appear twice.
 */
final class JournalFormat {
  /** The only version. */
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

  /** Whether a header begins with the magic bytes, with any version. */
  static boolean hasMagic(byte[] header) {
    return ByteBuffer.wrap(header, 0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC));
  }

  /** The frame header of this record at this offset. */
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
