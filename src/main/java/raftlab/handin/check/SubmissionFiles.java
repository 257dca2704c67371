package raftlab.handin.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import raftlab.handin.HandInBuild;
import raftlab.handin.archive.EntryPath;
import raftlab.handin.archive.HandInProblem;
import raftlab.handin.archive.HandInProblem.Kind;
import raftlab.handin.archive.HandInProblems;
import raftlab.handin.archive.ProgramStart;
import raftlab.handin.check.PackedFile.Type;

/** The files of a submission that are packed, in the order of their paths. */
final class SubmissionFiles {
  /** Larger files are no source code. */
  private static final long MAX_FILE_BYTES = 10L << 20;

  private static final long LARGE_BYTES = 1L << 20;
  private static final long MAX_BYTES = 50L << 20;
  private static final int MAX_FILES = 5_000;
  private static final int MAX_SCRIPT_BYTES = 1 << 20;

  private final Path folder;
  private final boolean hasMakefile;
  private final HandInProblems problems;
  private final List<PackedFile> files = new ArrayList<>();
  private long bytes;

  private SubmissionFiles(Path folder, HandInProblems problems) {
    this.folder = folder;
    this.problems = problems;
    hasMakefile = HandInBuild.isNeeded(folder);
  }

  /**
   * Lists the files of a folder.
   *
   * @param problems receives what is wrong with them
   */
  static List<PackedFile> of(Path folder, HandInProblems problems) throws IOException {
    SubmissionFiles found = new SubmissionFiles(folder.toRealPath(), problems);
    Files.walkFileTree(found.folder, found.new Visitor());
    if (found.bytes > MAX_BYTES) {
      problems.add(
          Kind.TOO_LARGE,
          "",
          String.format(
              Locale.ROOT,
              "the submission has %.1f MB, expected at most %d MB",
              found.bytes / 1e6,
              MAX_BYTES >> 20));
    }
    if (found.files.size() > MAX_FILES) {
      problems.add(
          Kind.TOO_MANY,
          "",
          "the submission has " + found.files.size() + " files, expected at most " + MAX_FILES);
    }
    found.files.sort(Comparator.comparing(PackedFile::path));
    return found.files;
  }

  private String path(Path file) {
    return folder.relativize(file).toString();
  }

  private final class Visitor extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes)
        throws IOException {
      if (each.equals(folder)) {
        return FileVisitResult.CONTINUE;
      }
      if (isLeftOut(each, true)) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      if (isEmpty(each)) {
        files.add(new PackedFile(path(each), each, Type.FOLDER, false, 0, ""));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) throws IOException {
      if (LeftOutFiles.isManifest(path(each)) || isLeftOut(each, false)) {
        return FileVisitResult.CONTINUE;
      }
      if (attributes.isSymbolicLink()) {
        addLink(each);
      } else if (attributes.isRegularFile()) {
        addFile(each, attributes.size());
      } else {
        problems.add(
            Kind.SPECIAL_FILE, path(each), "is a pipe, a socket or a device, expected a file");
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path each, IOException why) {
      problems.add(Kind.UNREADABLE, path(each), "can't be read");
      return FileVisitResult.CONTINUE;
    }
  }

  private boolean isLeftOut(Path each, boolean isFolder) {
    return LeftOutFiles.reason(each, isFolder)
        .map(
            reason -> {
              problems.add(Kind.LEFT_OUT, path(each), reason);
              return true;
            })
        .orElse(false);
  }

  private static boolean isEmpty(Path each) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(each)) {
      return !entries.iterator().hasNext();
    }
  }

  private void addLink(Path each) throws IOException {
    if (!isGoodName(path(each))) {
      return;
    }
    Path target = Files.readSymbolicLink(each);
    Path end = each.resolveSibling(target).normalize();
    if (target.isAbsolute() || !end.startsWith(folder)) {
      problems.add(
          Kind.LINK_OUT,
          path(each),
          "is a link to " + target + ", expected a file of the submission");
      return;
    }
    if (!Files.exists(each)) {
      problems.add(Kind.BROKEN_LINK, path(each), "is a link to " + target + ", which is not there");
    }
    files.add(new PackedFile(path(each), each, Type.LINK, false, 0, target.toString()));
  }

  private boolean isGoodName(String path) {
    Optional<HandInProblem> wrong = EntryPath.nameProblem(path);
    wrong.ifPresent(problems::add);
    return wrong.isEmpty();
  }

  private void addFile(Path each, long size) throws IOException {
    String path = path(each);
    if (!isGoodName(path)) {
      return;
    }
    if (!Files.isReadable(each)) {
      problems.add(Kind.UNREADABLE, path, "can't be read");
      return;
    }
    boolean isCompiled = LeftOutFiles.isBuilt(path) || ProgramStart.of(each).isCompiled();
    if (isCompiled && hasMakefile) {
      problems.add(Kind.LEFT_OUT, path, "is compiled, and was left out; make must build it again");
      return;
    }
    if (isCompiled) {
      problems.add(Kind.COMPILED, path, "is compiled; hand in the sources and a Makefile as well");
    }
    if (size > MAX_FILE_BYTES) {
      problems.add(
          Kind.TOO_LARGE,
          path,
          String.format(
              Locale.ROOT,
              "has %.1f MB, expected at most %d MB for a file",
              size / 1e6,
              MAX_FILE_BYTES >> 20));
      return;
    }
    if (size > LARGE_BYTES) {
      problems.add(
          Kind.LARGE, path, String.format(Locale.ROOT, "has %.1f MB; is it needed?", size / 1e6));
    }
    checkMode(each, path);
    checkLineEnds(each, path, size);
    bytes += size;
    files.add(new PackedFile(path, each, Type.FILE, Files.isExecutable(each), size, ""));
  }

  private void checkMode(Path each, String path) throws IOException {
    Object mode = Files.getAttribute(each, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    if (mode instanceof Integer bits && (bits & 06000) != 0) {
      problems.add(
          Kind.SPECIAL_BITS, path, "has the set-user-ID or set-group-ID bit, which was removed");
    }
  }

  /** Make and shells don't accept what Windows puts at the end of lines. */
  private void checkLineEnds(Path each, String path, long size) throws IOException {
    String name = each.getFileName().toString();
    if ((HandInBuild.isMakefile(name) || name.endsWith(".sh") || name.endsWith(".mk"))
        && size <= MAX_SCRIPT_BYTES
        && new String(Files.readAllBytes(each), StandardCharsets.ISO_8859_1).contains("\r\n")) {
      problems.add(
          Kind.LINE_ENDS,
          path,
          "has lines that end with CR LF, expected LF; to fix it: sed -i 's/\\r$//' " + path);
    }
  }
}
