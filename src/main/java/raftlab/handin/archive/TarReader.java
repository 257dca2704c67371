package raftlab.handin.archive;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/** Reads a tar file, compressed or not. */
final class TarReader implements ArchiveReader {
  private final HeaderGuard guard;
  private final TarArchiveInputStream tar;

  TarReader(Path archive, boolean compressed, ArchiveLimits limits) throws IOException {
    InputStream file = new BufferedInputStream(Files.newInputStream(archive), 1 << 16);
    try {
      guard = new HeaderGuard(compressed ? new GZIPInputStream(file, 1 << 16) : file);
      tar = new TarArchiveInputStream(guard, StandardCharsets.UTF_8.name());
    } catch (IOException wrong) {
      file.close();
      throw wrong;
    }
  }

  @Override
  public @Nullable ArchivedFile next() throws IOException {
    // The library keeps long names and attributes in memory, so they need a limit of their own.
    guard.allow(ArchiveLimits.HEADER_BYTES);
    TarArchiveEntry entry = tar.getNextEntry();
    guard.allow(Long.MAX_VALUE);
    return entry == null ? null : of(entry);
  }

  private static ArchivedFile of(TarArchiveEntry entry) {
    return new ArchivedFile(
        entry.getName(),
        type(entry),
        entry.getMode() & 07777,
        entry.getLastModifiedTime() == null ? FileTime.fromMillis(0) : entry.getLastModifiedTime(),
        entry.getLinkName() == null ? "" : entry.getLinkName(),
        ArchivedFile.Refusal.NONE);
  }

  private static ArchivedFile.Type type(TarArchiveEntry entry) {
    if (entry.isSymbolicLink()) {
      return ArchivedFile.Type.SYMBOLIC_LINK;
    }
    if (entry.isLink()) {
      return ArchivedFile.Type.HARD_LINK;
    }
    if (entry.isBlockDevice() || entry.isCharacterDevice() || entry.isFIFO()) {
      return ArchivedFile.Type.SPECIAL;
    }
    if (entry.isDirectory()) {
      return ArchivedFile.Type.FOLDER;
    }
    return entry.isFile() ? ArchivedFile.Type.FILE : ArchivedFile.Type.SPECIAL;
  }

  @Override
  public InputStream content() {
    return tar;
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }

  /** Fails when more is read than was allowed. */
  private static final class HeaderGuard extends FilterInputStream {
    private long left = Long.MAX_VALUE;

    HeaderGuard(InputStream in) {
      super(in);
    }

    void allow(long bytes) {
      left = bytes;
    }

    private int count(int read) throws IOException {
      left -= Math.max(0, read);
      if (left < 0) {
        throw new IOException(
            "the header of an entry is larger than " + ArchiveLimits.HEADER_BYTES + " bytes");
      }
      return read;
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      count(read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] to, int from, int most) throws IOException {
      return count(super.read(to, from, most));
    }

    @Override
    public long skip(long most) throws IOException {
      long skipped = super.skip(most);
      count((int) Math.min(Integer.MAX_VALUE, skipped));
      return skipped;
    }
  }
}
