package raftlab.storage;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads a journal's file from its beginning. Ignores a torn end, which a crash leaves of a write
 * that was never synced: a frame that continues beyond the end of the file, or only zero bytes
 * after the last frame. Any other error is reported as damage.
 */
final class JournalFileReader {
  /**
   * The content of a file.
   *
   * @param records all complete records, oldest first
   * @param endOffset the offset of the next record; 0 if the header is incomplete
   */
  record Content(List<byte[]> records, long endOffset) {}

  private final String file;
  private final long size;
  private final DataInputStream in;

  private JournalFileReader(String file, long size, InputStream bytes) {
    this.file = file;
    this.size = size;
    this.in = new DataInputStream(bytes);
  }

  /**
   * Reads the whole file.
   *
   * @throws StorageException if the file is damaged, has an unknown version, or is not a journal
   */
  static Content read(Path file, FileChannel channel) throws IOException {
    InputStream bytes = Channels.newInputStream(channel.position(0));
    return new JournalFileReader(
            file.toString(), channel.size(), new BufferedInputStream(bytes, 1 << 16))
        .read();
  }

  /** Reads a file in memory; errors call it {@code name}. */
  static Content read(String name, byte[] bytes) throws IOException {
    return new JournalFileReader(name, bytes.length, new ByteArrayInputStream(bytes)).read();
  }

  private Content read() throws IOException {
    List<byte[]> records = new ArrayList<>();
    if (!readHeader()) {
      return new Content(records, 0);
    }
    long offset = JournalFormat.HEADER_BYTES;
    while (size - offset >= JournalFormat.FRAME_BYTES) {
      byte[] record = readRecord(offset);
      if (record == null) {
        break;
      }
      records.add(record);
      offset += JournalFormat.FRAME_BYTES + record.length;
    }
    return new Content(records, offset);
  }

  /** Reads the header; returns whether it is complete. */
  private boolean readHeader() throws IOException {
    byte[] expected = JournalFormat.header(JournalFormat.VERSION);
    byte[] header = in.readNBytes(JournalFormat.HEADER_BYTES);
    if (header.length < JournalFormat.HEADER_BYTES) {
      int difference = Arrays.mismatch(header, Arrays.copyOf(expected, header.length));
      if (difference >= 0) {
        throw damaged(difference, "found neither a journal's header nor the beginning of one");
      }
      return false;
    }
    if (!JournalFormat.hasMagic(header)) {
      throw damaged(0, "found other bytes than the first bytes of a journal");
    }
    ByteBuffer fields = ByteBuffer.wrap(header);
    int covered = JournalFormat.HEADER_BYTES - Integer.BYTES;
    int checksum = JournalFormat.checksum(header, covered);
    if (fields.getInt(covered) != checksum) {
      throw wrongChecksum(covered, "header", fields.getInt(covered), checksum);
    }
    int version = fields.getInt(covered - Integer.BYTES);
    if (version != JournalFormat.VERSION) {
      throw new StorageException(
          file
              + ": the journal's format is version "
              + version
              + ", but this raftlab reads version "
              + JournalFormat.VERSION
              + " only");
    }
    return true;
  }

  /** The record of the frame at this offset; null if the file ends with a torn write. */
  private byte @Nullable [] readRecord(long offset) throws IOException {
    byte[] frame = in.readNBytes(JournalFormat.FRAME_BYTES);
    ByteBuffer fields = ByteBuffer.wrap(frame);
    int length = fields.getInt();
    int recordChecksum = fields.getInt();
    int frameChecksum = fields.getInt();
    int expected = JournalFormat.frameChecksum(offset, length, recordChecksum);
    if (frameChecksum != expected) {
      if (isZero(frame) && isRestZero()) {
        return null;
      }
      throw wrongChecksum(offset, "record's frame", frameChecksum, expected);
    }
    if (length < 0 || length > JournalFormat.MAX_RECORD_BYTES) {
      throw damaged(
          offset,
          "the record's length is "
              + Integer.toUnsignedString(length)
              + ", expected at most "
              + JournalFormat.MAX_RECORD_BYTES);
    }
    if (length > size - offset - JournalFormat.FRAME_BYTES) {
      return null;
    }
    byte[] record = new byte[length];
    in.readFully(record);
    int checksum = JournalFormat.checksum(record, length);
    if (checksum != recordChecksum) {
      throw wrongChecksum(offset, "record", checksum, recordChecksum);
    }
    return record;
  }

  private static boolean isZero(byte[] bytes) {
    for (byte b : bytes) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  private boolean isRestZero() throws IOException {
    byte[] buffer = new byte[1 << 13];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      for (int i = 0; i < n; i++) {
        if (buffer[i] != 0) {
          return false;
        }
      }
    }
    return true;
  }

  private StorageException wrongChecksum(long offset, String of, int found, int expected) {
    return damaged(
        offset,
        String.format(
            Locale.ROOT, "the %s's checksum is %08x, expected %08x", of, found, expected));
  }

  private StorageException damaged(long offset, String what) {
    return new StorageException(
        file
            + ": byte "
            + offset
            + ": "
            + what
            + ": the file is damaged, restore it or delete it to start as a new replica");
  }
}
