package raftlab.handin.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads the entries of an archive in their order. */
interface ArchiveReader extends AutoCloseable {
  /** The next entry; null after the last one. */
  @Nullable ArchivedFile next() throws IOException;

  /** The content of the entry, which must be a file. */
  InputStream content() throws IOException;

  @Override
  void close() throws IOException;

  /**
   * Opens an archive.
   *
   * @throws IOException if it can't be read
   */
  static ArchiveReader open(Path archive, ArchiveFormat format, ArchiveLimits limits)
      throws IOException {
    return format == ArchiveFormat.ZIP
        ? new ZipReader(archive)
        : new TarReader(archive, format == ArchiveFormat.TAR_GZ, limits);
  }
}
