package raftlab.handin.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import raftlab.handin.archive.ArchivedFile.Type;
import raftlab.handin.archive.HandInProblem.Kind;

/**
 * Unpacks an archive that is not trusted. It is read twice: the first time to find everything that
 * is wrong with it, the second time, if nothing is, to write its files.
 */
public final class ArchiveUnpacker {
  private static final Set<PosixFilePermission> OUR_FILE =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OUR_FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final PosixFilePermission[] BITS = {
    PosixFilePermission.OTHERS_EXECUTE,
    PosixFilePermission.OTHERS_WRITE,
    PosixFilePermission.OTHERS_READ,
    PosixFilePermission.GROUP_EXECUTE,
    PosixFilePermission.GROUP_WRITE,
    PosixFilePermission.GROUP_READ,
    PosixFilePermission.OWNER_EXECUTE,
    PosixFilePermission.OWNER_WRITE,
    PosixFilePermission.OWNER_READ
  };

  private final ArchiveInventory inventory;
  private final Path folder;
  private final FileTime now = FileTime.fromMillis(System.currentTimeMillis());
  private final Map<Path, FileTime> folderTimes = new LinkedHashMap<>();

  private ArchiveUnpacker(ArchiveInventory inventory, Path folder) {
    this.inventory = inventory;
    this.folder = folder;
  }

  /**
   * Unpacks an archive into a folder that doesn't exist yet.
   *
   * @return warnings
   * @throws RefusedHandInException if something is wrong with it; nothing is written then
   * @throws IOException if files can't be written
   */
  public static List<HandInProblem> unpack(Path archive, Path folder, ArchiveLimits limits)
      throws RefusedHandInException, IOException {
    ArchiveFormat format = format(archive, limits);
    ArchiveInventory inventory = ArchiveInventory.of(archive, format, limits);
    if (inventory.problems().hasErrors()) {
      throw new RefusedHandInException(inventory.problems().list());
    }
    new ArchiveUnpacker(inventory, folder).write(archive, format, limits);
    return inventory.problems().list();
  }

  private static ArchiveFormat format(Path archive, ArchiveLimits limits)
      throws RefusedHandInException, IOException {
    if (!Files.isRegularFile(archive)) {
      throw refused(Kind.FORMAT, "is not a file, expected an archive");
    }
    if (Files.size(archive) > limits.packedBytes()) {
      throw refused(
          Kind.TOO_LARGE, "is larger than " + (limits.packedBytes() >> 20) + " MiB as an archive");
    }
    return ArchiveFormat.of(archive)
        .orElseThrow(
            () ->
                refused(
                    Kind.FORMAT,
                    "is in an unknown format, expected an archive: " + ArchiveFormat.SUFFIXES));
  }

  private static RefusedHandInException refused(Kind kind, String text) {
    return new RefusedHandInException(List.of(HandInProblem.ofAll(kind, text)));
  }

  private void write(Path archive, ArchiveFormat format, ArchiveLimits limits) throws IOException {
    Files.createDirectory(folder);
    ByteBudget budget = new ByteBudget(limits, Files.size(archive));
    try (ArchiveReader reader = ArchiveReader.open(archive, format, limits)) {
      for (ArchivedFile entry = reader.next(); entry != null; entry = reader.next()) {
        String path = EntryPath.normalized(entry.name());
        // Only what was checked is written, also if the archive has changed since.
        if (entry.equals(inventory.entries().get(path))) {
          write(entry, target(path), reader, budget);
        }
      }
    } catch (RuntimeException damaged) {
      throw new IOException("the archive was changed while it was read", damaged);
    }
    // Last, so that no file is written through a link.
    for (Map.Entry<String, ArchivedFile> entry : inventory.entries().entrySet()) {
      if (entry.getValue().type() == Type.SYMBOLIC_LINK) {
        Path link = target(entry.getKey());
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, Path.of(entry.getValue().link()));
      }
    }
    List<Path> deepestFirst = new ArrayList<>(folderTimes.keySet());
    deepestFirst.sort((a, b) -> b.getNameCount() - a.getNameCount());
    for (Path each : deepestFirst) {
      Files.setLastModifiedTime(each, past(folderTimes.getOrDefault(each, now)));
    }
  }

  private Path target(String path) throws IOException {
    try {
      return folder.resolve(path);
    } catch (InvalidPathException unmappable) {
      throw new IOException(
          "this machine can't write the name \"" + path + "\"; set the locale to UTF-8",
          unmappable);
    }
  }

  private void write(ArchivedFile entry, Path to, ArchiveReader reader, ByteBudget budget)
      throws IOException {
    if (entry.type() == Type.FOLDER) {
      Files.createDirectories(to);
      Files.setPosixFilePermissions(to, permissions(entry.mode(), OUR_FOLDER));
      folderTimes.put(to, entry.time());
      return;
    }
    if (entry.type() == Type.SYMBOLIC_LINK) {
      return;
    }
    Files.createDirectories(to.getParent());
    if (entry.type() == Type.HARD_LINK) {
      Path of = target(EntryPath.normalized(entry.link()));
      budget.take(Files.size(of), entry.name());
      Files.copy(of, to, StandardCopyOption.COPY_ATTRIBUTES);
      return;
    }
    try (OutputStream out =
        Files.newOutputStream(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      InputStream in = reader.content();
      byte[] buffer = new byte[1 << 15];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        budget.take(n, entry.name());
        out.write(buffer, 0, n);
      }
    }
    Set<PosixFilePermission> rights = permissions(entry.mode(), OUR_FILE);
    if (entry.mode() == ArchivedFile.NO_MODE && ProgramStart.of(to).isProgram()) {
      rights.add(PosixFilePermission.OWNER_EXECUTE);
      inventory
          .problems()
          .add(
              Kind.MADE_EXECUTABLE,
              EntryPath.normalized(entry.name()),
              "was made executable, since the archive has no permissions");
    }
    Files.setPosixFilePermissions(to, rights);
    Files.setLastModifiedTime(to, past(entry.time()));
  }

  /** Make rebuilds files from the future again and again. */
  private FileTime past(FileTime time) {
    return time.compareTo(now) > 0 ? now : time;
  }

  private static Set<PosixFilePermission> permissions(int mode, Set<PosixFilePermission> atLeast) {
    Set<PosixFilePermission> rights = EnumSet.copyOf(atLeast);
    if (mode != ArchivedFile.NO_MODE) {
      for (int i = 0; i < BITS.length; i++) {
        if ((mode & 1 << i) != 0) {
          rights.add(BITS[i]);
        }
      }
    }
    return rights;
  }
}
