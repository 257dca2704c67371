package raftlab.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;

/**
 * Writes frames to a journal's file: all records of one call together, with a single write unless
 * they exceed the buffer.
 */
final class JournalFileWriter {
  /** More than a replica stores for one datagram. */
  private static final int BUFFER_BYTES = 1 << 17;

  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

  /** Writes the header of a new file; returns the offset of the first frame. */
  long begin(FileChannel file) throws IOException {
    buffer.clear().put(JournalFormat.header(JournalFormat.VERSION));
    return flush(file, 0);
  }

  /**
   * Writes these records at this offset; they are not durable yet.
   *
   * @return the offset of the next record
   * @throws IOException if the write fails; any part of the records may have been written
   */
  long append(FileChannel file, long end, List<byte[]> records) throws IOException {
    buffer.clear();
    long place = end;
    long written = end;
    for (byte[] record : records) {
      written = put(file, written, JournalFormat.frame(place, record));
      written = put(file, written, record);
      place += JournalFormat.FRAME_BYTES + record.length;
    }
    return flush(file, written);
  }

  private long put(FileChannel file, long written, byte[] bytes) throws IOException {
    long position = written;
    int from = 0;
    while (from < bytes.length) {
      if (!buffer.hasRemaining()) {
        position = flush(file, position);
      }
      int length = Math.min(bytes.length - from, buffer.remaining());
      buffer.put(bytes, from, length);
      from += length;
    }
    return position;
  }

  private long flush(FileChannel file, long written) throws IOException {
    long position = written;
    buffer.flip();
    while (buffer.hasRemaining()) {
      position += file.write(buffer, position);
    }
    buffer.clear();
    return position;
  }
}
