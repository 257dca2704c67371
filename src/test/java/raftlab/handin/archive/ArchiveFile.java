package raftlab.handin.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Writes archives, also such as no honest program writes. */
public final class ArchiveFile implements AutoCloseable {
  /** What to write; throws as archives do. */
  @FunctionalInterface
  public interface Contents {
    /** Adds the entries. */
    void addTo(ArchiveFile archive) throws IOException;
  }

  private final TarArchiveOutputStream tar;

  private ArchiveFile(OutputStream out) {
    tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
  }

  /** Writes a compressed tar file. */
  public static Path tarGz(Path file, Contents contents) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file));
        ArchiveFile archive = new ArchiveFile(out)) {
      contents.addTo(archive);
    }
    return file;
  }

  /** Writes a tar file. */
  public static Path tar(Path file, Contents contents) throws IOException {
    try (ArchiveFile archive = new ArchiveFile(Files.newOutputStream(file))) {
      contents.addTo(archive);
    }
    return file;
  }

  /** Adds a file. */
  public void file(String name, String content) throws IOException {
    file(name, 0644, content);
  }

  /** Adds a file with permissions. */
  public void file(String name, int mode, String content) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setMode(TarArchiveEntry.DEFAULT_FILE_MODE & ~07777 | mode);
    entry.setModTime(1_000_000_000_000L);
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    entry.setSize(bytes.length);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }

  /** Adds a file of zeros. */
  public void zeros(String name, long size) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(size);
    tar.putArchiveEntry(entry);
    byte[] block = new byte[1 << 16];
    for (long left = size; left > 0; left -= block.length) {
      tar.write(block, 0, (int) Math.min(left, block.length));
    }
    tar.closeArchiveEntry();
  }

  /** Adds attributes for the next entry, with a path of this many bytes. */
  public void longPath(int length) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry("x", TarConstants.LF_PAX_EXTENDED_HEADER_LC);
    String start = length + 14 + " path=";
    byte[] bytes =
        (start + "n".repeat(length + 13 - start.length()) + "\n").getBytes(StandardCharsets.UTF_8);
    entry.setSize(bytes.length);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }

  /** Adds a folder. */
  public void folder(String name) throws IOException {
    tar.putArchiveEntry(new TarArchiveEntry(name.endsWith("/") ? name : name + "/", true));
    tar.closeArchiveEntry();
  }

  /** Adds a symbolic link. */
  public void link(String name, String target) throws IOException {
    special(name, TarConstants.LF_SYMLINK, target);
  }

  /** Adds a hard link. */
  public void hardLink(String name, String target) throws IOException {
    special(name, TarConstants.LF_LINK, target);
  }

  /** Adds an entry of any type. */
  public void special(String name, byte type, String target) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
    entry.setLinkName(target);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }

  /** Writes a zip file with one entry, with this mode (0 for none) and content. */
  public static Path zip(Path file, String name, int mode, String content) throws IOException {
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(file)) {
      zipEntry(zip, name, mode, content);
    }
    return file;
  }

  /** Adds an entry to a zip file. */
  public static void zipEntry(ZipArchiveOutputStream zip, String name, int mode, String content)
      throws IOException {
    ZipArchiveEntry entry = new ZipArchiveEntry(name);
    if (mode != 0) {
      entry.setUnixMode((mode & UnixStat.FILE_TYPE_FLAG) == 0 ? UnixStat.FILE_FLAG | mode : mode);
    }
    zip.putArchiveEntry(entry);
    zip.write(content.getBytes(StandardCharsets.UTF_8));
    zip.closeArchiveEntry();
  }
}
