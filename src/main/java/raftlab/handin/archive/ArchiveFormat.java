package raftlab.handin.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarUtils;

/** The formats of archives. */
public enum ArchiveFormat {
  /** A tar file. */
  TAR(List.of(".tar")),
  /** A compressed tar file. */
  TAR_GZ(List.of(".tar.gz", ".tgz")),
  /** A zip file. */
  ZIP(List.of(".zip"));

  /** The suffixes of all formats, for people. */
  public static final String SUFFIXES = ".tar.gz, .tgz, .tar or .zip";

  /** Formats that students use, and that the kit doesn't read. */
  private static final List<String> OTHER_SUFFIXES =
      List.of(
          ".7z",
          ".rar",
          ".tar.bz2",
          ".tbz2",
          ".tbz",
          ".tar.xz",
          ".txz",
          ".tar.zst",
          ".tzst",
          ".gz",
          ".tar.Z",
          ".jar",
          ".tar.lz",
          ".iso",
          ".dmg");

  private static final int TAR_BLOCK = 512;

  private final List<String> suffixes;

  ArchiveFormat(List<String> suffixes) {
    this.suffixes = suffixes;
  }

  /** The suffix of a name that says that it is an archive of any format; empty if there is none. */
  public static String suffix(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (ArchiveFormat format : values()) {
      for (String suffix : format.suffixes) {
        if (lower.endsWith(suffix) && lower.length() > suffix.length()) {
          return suffix;
        }
      }
    }
    return OTHER_SUFFIXES.stream()
        .map(suffix -> suffix.toLowerCase(Locale.ROOT))
        .filter(suffix -> lower.endsWith(suffix) && lower.length() > suffix.length())
        .findFirst()
        .orElse("");
  }

  /** The format of a file, by its content: students rename files. Empty if it is none of these. */
  public static Optional<ArchiveFormat> of(Path file) throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(TAR_BLOCK);
    }
    if (start.length > 1 && (start[0] & 0xff) == 0x1f && (start[1] & 0xff) == 0x8b) {
      return Optional.of(TAR_GZ);
    }
    if (start.length > 3
        && start[0] == 'P'
        && start[1] == 'K'
        && (start[2] == 3 || start[2] == 5)) {
      return Optional.of(ZIP);
    }
    return isTar(start) ? Optional.of(TAR) : Optional.empty();
  }

  private static boolean isTar(byte[] start) {
    try {
      return start.length == TAR_BLOCK && TarUtils.verifyCheckSum(start);
    } catch (IllegalArgumentException noChecksum) {
      return false;
    }
  }
}
