package raftlab.handin.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Enumeration;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** Reads a zip file by its central directory, the list of entries at its end. */
final class ZipReader implements ArchiveReader {
  /** The library keeps the whole central directory in memory. */
  private static final long MAX_DIRECTORY_BYTES = 4L << 20;

  /** The most bytes of a link's target. */
  private static final int MAX_LINK_BYTES = 4096;

  private final ZipFile zip;
  private final Enumeration<ZipArchiveEntry> entries;
  private @Nullable ZipArchiveEntry current;

  ZipReader(Path archive) throws IOException {
    DirectoryGuard channel = new DirectoryGuard(Files.newByteChannel(archive));
    try {
      zip =
          ZipFile.builder()
              .setSeekableByteChannel(channel)
              .setCharset(StandardCharsets.UTF_8)
              .setIgnoreLocalFileHeader(true)
              .get();
    } catch (IOException | RuntimeException wrong) {
      channel.close();
      throw wrong instanceof IOException known ? known : new IOException("it is damaged", wrong);
    }
    channel.left = Long.MAX_VALUE;
    entries = zip.getEntries();
  }

  @Override
  public @Nullable ArchivedFile next() throws IOException {
    if (!entries.hasMoreElements()) {
      return null;
    }
    ZipArchiveEntry entry = entries.nextElement();
    current = entry;
    int mode = entry.getUnixMode();
    ArchivedFile.Refusal refusal = refusal(entry);
    ArchivedFile.Type type = type(entry, mode);
    FileTime time = entry.getLastModifiedTime();
    return new ArchivedFile(
        entry.getName(),
        type,
        mode == 0 ? ArchivedFile.NO_MODE : mode & 07777,
        time == null ? FileTime.fromMillis(0) : time,
        type == ArchivedFile.Type.SYMBOLIC_LINK && refusal == ArchivedFile.Refusal.NONE
            ? link()
            : "",
        refusal);
  }

  private static ArchivedFile.Refusal refusal(ZipArchiveEntry entry) {
    if (entry.getGeneralPurposeBit().usesEncryption()) {
      return ArchivedFile.Refusal.ENCRYPTED;
    }
    return entry.getMethod() == ZipEntry.STORED || entry.getMethod() == ZipEntry.DEFLATED
        ? ArchivedFile.Refusal.NONE
        : ArchivedFile.Refusal.METHOD;
  }

  private static ArchivedFile.Type type(ZipArchiveEntry entry, int mode) {
    int kind = mode & UnixStat.FILE_TYPE_FLAG;
    if (kind == UnixStat.LINK_FLAG) {
      return ArchivedFile.Type.SYMBOLIC_LINK;
    }
    if (entry.isDirectory() || kind == UnixStat.DIR_FLAG) {
      return ArchivedFile.Type.FOLDER;
    }
    return kind == 0 || kind == UnixStat.FILE_FLAG
        ? ArchivedFile.Type.FILE
        : ArchivedFile.Type.SPECIAL;
  }

  private String link() throws IOException {
    try (InputStream in = content()) {
      return new String(in.readNBytes(MAX_LINK_BYTES), StandardCharsets.UTF_8);
    }
  }

  @Override
  public InputStream content() throws IOException {
    ZipArchiveEntry entry = current;
    if (entry == null) {
      throw new IllegalStateException("no entry was read");
    }
    return new Verified(zip.getInputStream(entry), entry.getCrc());
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  /** Compares the content with its checksum; the library does not. */
  private static final class Verified extends CheckedInputStream {
    private final long crc;

    Verified(InputStream in, long crc) {
      super(in, new CRC32());
      this.crc = crc;
    }

    @Override
    public int read(byte[] to, int from, int most) throws IOException {
      int read = super.read(to, from, most);
      if (read < 0 && getChecksum().getValue() != crc) {
        throw new IOException("its checksum is wrong");
      }
      return read;
    }
  }

  /** Fails when more is read than a central directory may have. */
  private static final class DirectoryGuard implements SeekableByteChannel {
    private final SeekableByteChannel file;
    private long left = MAX_DIRECTORY_BYTES;

    DirectoryGuard(SeekableByteChannel file) {
      this.file = file;
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
      int read = file.read(to);
      left -= Math.max(0, read);
      if (left < 0) {
        throw new IOException(
            "its list of entries is larger than " + (MAX_DIRECTORY_BYTES >> 20) + " MiB");
      }
      return read;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
      return file.write(from);
    }

    @Override
    public long position() throws IOException {
      return file.position();
    }

    @Override
    public SeekableByteChannel position(long to) throws IOException {
      file.position(to);
      return this;
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
      file.truncate(size);
      return this;
    }

    @Override
    public boolean isOpen() {
      return file.isOpen();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
