package raftlab.handin;

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
import raftlab.handin.archive.HandInProblem;
import raftlab.handin.archive.HandInProblem.Kind;
import raftlab.handin.archive.HandInProblems;
import raftlab.handin.archive.RefusedHandInException;

/**
 * A copy of a hand-in, in which it is built and played; the hand-in itself is not changed. Links
 * out of the hand-in, and special files, are left out.
 */
public final class HandInCopy {
  private static final long MAX_BYTES = 1L << 30;
  private static final int MAX_FILES = 100_000;
  private static final Set<PosixFilePermission> OURS = PosixFilePermissions.fromString("rwx------");

  private final Path source;
  private final Path folder;
  private final HandInProblems problems = new HandInProblems();
  private long bytes;
  private int files;

  private HandInCopy(Path source, Path folder) {
    this.source = source;
    this.folder = folder;
  }

  /**
   * Copies a folder.
   *
   * @throws RefusedHandInException if it is too large; files copied so far remain
   * @throws IOException if it can't be copied for another reason, which is not the hand-in's fault
   */
  public static HandInCopy of(Path source, Path folder) throws RefusedHandInException, IOException {
    HandInCopy copy = new HandInCopy(source.toRealPath(), folder);
    try {
      Files.walkFileTree(copy.source, copy.new Visitor());
    } catch (TooLargeException tooLarge) {
      throw new RefusedHandInException(
          List.of(
              HandInProblem.ofAll(
                  Kind.TOO_LARGE,
                  "it is larger than " + (MAX_BYTES >> 20) + " MiB or " + MAX_FILES + " files")));
    }
    return copy;
  }

  /** Ends the walk. */
  private static final class TooLargeException extends IOException {}

  /** The folder of the copy. */
  public Path folder() {
    return folder;
  }

  /** The files that were not copied, and those that were changed, each with the reason. */
  public List<HandInProblem> problems() {
    return problems.list();
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
        leaveOut(from, "is neither a file nor a folder");
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path from, IOException why) {
      leaveOut(from, "can't be read");
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path from, IOException why) throws IOException {
      copyAttributes(from, target(from), EnumSet.copyOf(OURS));
      return FileVisitResult.CONTINUE;
    }
  }

  private Path target(Path from) {
    return folder.resolve(source.relativize(from));
  }

  private void count(long size) throws IOException {
    bytes += size;
    files++;
    if (bytes > MAX_BYTES || files > MAX_FILES) {
      throw new TooLargeException();
    }
  }

  private void copyFile(Path from) throws IOException {
    Path to = target(from);
    try {
      Files.copy(from, to, LinkOption.NOFOLLOW_LINKS);
    } catch (java.nio.file.AccessDeniedException denied) {
      leaveOut(from, "can't be read");
      return;
    }
    copyAttributes(
        from, to, EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
  }

  /** Make needs the times; all permissions are kept except set-user-ID and the like. */
  private static void copyAttributes(Path from, Path to, Set<PosixFilePermission> atLeast)
      throws IOException {
    Set<PosixFilePermission> rights = EnumSet.copyOf(atLeast);
    rights.addAll(Files.getPosixFilePermissions(from, LinkOption.NOFOLLOW_LINKS));
    Files.setPosixFilePermissions(to, rights);
    Files.setLastModifiedTime(to, Files.getLastModifiedTime(from, LinkOption.NOFOLLOW_LINKS));
  }

  private void copyLink(Path from) throws IOException {
    Path link = Files.readSymbolicLink(from);
    Path lexically = from.resolveSibling(link).normalize();
    // The target of a chain of links differs from its text; a link to a file that make will build
    // has no target yet.
    Path end = Files.exists(from) ? from.toRealPath() : lexically;
    if (link.isAbsolute() || !lexically.startsWith(source) || !end.startsWith(source)) {
      leaveOut(from, "is a link out of the hand-in");
      return;
    }
    count(0);
    Files.createSymbolicLink(target(from), link);
  }

  private void leaveOut(Path from, String why) {
    problems.add(Kind.LEFT_OUT, source.relativize(from).toString(), why + ", and was left out");
  }

  /** Deletes a folder and its contents; links are deleted, not followed. */
  static void delete(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      // A hand-in may have removed our permissions.
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
