package raftlab.handin.check;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Date;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import raftlab.handin.Manifest;
import raftlab.handin.check.PackedFile.Type;

/**
 * Packs a submission. The same files give the same archive: entries are sorted, all have the same
 * time and owner, and permissions are only executable or not.
 */
final class HandInPacker {
  private static final Date TIME = new Date(315_532_800_000L); // the first day that zip knows
  private static final int EXECUTABLE = 0755;
  private static final int PLAIN = 0644;

  private HandInPacker() {}

  /**
   * Writes the archive.
   *
   * @param team the name of the folder in it
   */
  static void write(List<PackedFile> files, String team, Path archive) throws IOException {
    SortedMap<String, String> hashes = new TreeMap<>();
    for (PackedFile file : files) {
      if (file.type() == Type.FILE) {
        hashes.put(file.path(), Manifest.hash(file.file()));
      }
    }
    byte[] manifest = Manifest.text(hashes).getBytes(StandardCharsets.UTF_8);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(archive));
        TarArchiveOutputStream tar =
            new TarArchiveOutputStream(new GZIPOutputStream(out), StandardCharsets.UTF_8.name())) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setAddPaxHeadersForNonAsciiNames(true);
      add(tar, entry(team + "/", EXECUTABLE), new byte[0]);
      TarArchiveEntry hashList = entry(team + "/" + Manifest.NAME, PLAIN);
      hashList.setSize(manifest.length);
      add(tar, hashList, manifest);
      for (PackedFile file : files) {
        add(tar, file, team);
      }
    }
  }

  private static void add(TarArchiveOutputStream tar, PackedFile file, String team)
      throws IOException {
    String path = team + "/" + file.path();
    if (file.type() == Type.FILE) {
      byte[] content = Files.readAllBytes(file.file());
      TarArchiveEntry entry = entry(path, file.executable() ? EXECUTABLE : PLAIN);
      entry.setSize(content.length);
      add(tar, entry, content);
    } else if (file.type() == Type.FOLDER) {
      add(tar, entry(path + "/", EXECUTABLE), new byte[0]);
    } else {
      TarArchiveEntry link = new TarArchiveEntry(path, TarConstants.LF_SYMLINK);
      link.setLinkName(file.link());
      add(tar, common(link, 0777), new byte[0]);
    }
  }

  private static TarArchiveEntry entry(String path, int mode) {
    return common(new TarArchiveEntry(path), mode);
  }

  private static TarArchiveEntry common(TarArchiveEntry entry, int mode) {
    entry.setModTime(TIME);
    entry.setIds(0, 0);
    entry.setNames("", "");
    entry.setMode(mode);
    return entry;
  }

  private static void add(TarArchiveOutputStream tar, TarArchiveEntry entry, byte[] content)
      throws IOException {
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }
}
