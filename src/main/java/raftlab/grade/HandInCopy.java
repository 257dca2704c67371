package raftlab.grade;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A copy of a hand-in, to be built and played in: the hand-in itself stays as it was. What would
 * lead out of the hand-in, or is no file, is left out.
 */
final class HandInCopy {
  private static final long MOST_BYTES = 1L << 30;
  private static final int MOST_FILES = 100_000;
  private static final int MOST_TOLD = 10;
  private static final Set<PosixFilePermission> OURS = PosixFilePermissions.fromString("rwx------");

  private final Path source;
  private final Path folder;
  private final List<String> leftOut = new ArrayList<>();
  private int unnamed;
  private long bytes;
  private int files;

  private HandInCopy(Path source, Path folder) {
    this.source = source;
    this.folder = folder;
  }

  /**
   * Copies a folder to a new one.
   *
   * @throws IOException if that can't be done, with the reason for people; what was copied is there
   */
  static HandInCopy of(Path source, Path folder) throws IOException {
    HandInCopy copy = new HandInCopy(source.toRealPath(), folder);
    Files.walkFileTree(copy.source, copy.new Visitor());
    return copy;
  }

  /** Where it is. */
  Path folder() {
    return folder;
  }

  /** What of the hand-in is not in the copy, and why, each a line. */
  List<String> leftOut() {
    List<String> told = new ArrayList<>(leftOut);
    if (unnamed > 0) {
      told.add("and " + unnamed + " more");
    }
    return told;
  }

  private final class Visitor extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult preVisitDirectory(Path from, BasicFileAttributes attributes)
        throws IOException {
      count(0);
      Files.createDirectory(target(from));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path from, BasicFileAttributes attributes) throws IOException {
      if (attributes.isSymbolicLink()) {
        copyLink(from);
      } else if (attributes.isRegularFile()) {
        count(attributes.size());
        copyFile(from);
      } else {
        leaveOut(from, "it is neither a file nor a folder");
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path from, IOException why) {
      leaveOut(from, "it can't be read");
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path from, IOException why) throws IOException {
      takeOver(from, target(from), EnumSet.copyOf(OURS));
      return FileVisitResult.CONTINUE;
    }
  }

  private Path target(Path from) {
    return folder.resolve(source.relativize(from));
  }

  private void count(long size) throws IOException {
    bytes += size;
    files++;
    if (bytes > MOST_BYTES || files > MOST_FILES) {
      throw new IOException(
          "it is larger than " + (MOST_BYTES >> 20) + " MiB or " + MOST_FILES + " files");
    }
  }

  private void copyFile(Path from) throws IOException {
    Path to = target(from);
    try {
      Files.copy(from, to, LinkOption.NOFOLLOW_LINKS);
    } catch (java.nio.file.AccessDeniedException denied) {
      leaveOut(from, "it can't be read");
      return;
    }
    takeOver(from, to, EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
  }

  /** The times matter to make; of the rights all but set-user-ID and its like are kept. */
  private static void takeOver(Path from, Path to, Set<PosixFilePermission> atLeast)
      throws IOException {
    Set<PosixFilePermission> rights = EnumSet.copyOf(atLeast);
    rights.addAll(Files.getPosixFilePermissions(from, LinkOption.NOFOLLOW_LINKS));
    Files.setPosixFilePermissions(to, rights);
    Files.setLastModifiedTime(to, Files.getLastModifiedTime(from, LinkOption.NOFOLLOW_LINKS));
  }

  private void copyLink(Path from) throws IOException {
    Path link = Files.readSymbolicLink(from);
    Path lexically = from.resolveSibling(link).normalize();
    // A chain of links can lead elsewhere than its words say; one to what make will build leads
    // nowhere yet.
    Path end = Files.exists(from) ? from.toRealPath() : lexically;
    if (link.isAbsolute() || !lexically.startsWith(source) || !end.startsWith(source)) {
      leaveOut(from, "it is a link that leads out of the hand-in");
      return;
    }
    count(0);
    Files.createSymbolicLink(target(from), link);
  }

  private void leaveOut(Path from, String why) {
    if (leftOut.size() < MOST_TOLD) {
      leftOut.add(source.relativize(from) + ": " + why);
    } else {
      unnamed++;
    }
  }

  /** Deletes a folder with all that is in it, links and not what they lead to. */
  static void delete(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      // A hand-in may have taken our rights away.
      Files.setPosixFilePermissions(path, OURS);
      List<Path> entries = new ArrayList<>();
      try (DirectoryStream<Path> stream = Files.newDirectoryStream(path)) {
        stream.forEach(entries::add);
      }
      for (Path entry : entries) {
        delete(entry);
      }
    }
    Files.deleteIfExists(path);
  }
}
