package raftlab.handin;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the folder of the program in a copy: students pack the folder, or the folder around it. */
final class SubmissionFolder {
  private static final int MAX_ENTERED = 4;

  private SubmissionFolder() {}

  /**
   * The first of these: the folder itself, if the program or a makefile is in it; its only
   * subfolder of which that is true; the same in its subfolder, if it has one and nothing else.
   */
  static Path of(Path top, List<String> programs) throws IOException {
    Path folder = top;
    for (int entered = 0; entered < MAX_ENTERED; entered++) {
      if (holdsProgram(folder, programs)) {
        return folder;
      }
      List<Path> subfolders = subfolders(folder);
      List<Path> holding =
          subfolders.stream().filter(each -> holdsProgram(each, programs)).toList();
      if (holding.size() == 1) {
        return holding.get(0);
      }
      if (subfolders.size() != 1) {
        return top;
      }
      folder = subfolders.get(0);
    }
    return top;
  }

  /**
   * The archive in a folder that has one, but neither a program nor a makefile nor a subfolder:
   * course platforms export hand-ins like this.
   */
  static Optional<Path> onlyArchive(Path folder, List<String> programs) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        || holdsProgram(folder, programs)
        || !subfolders(folder).isEmpty()) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> archives =
          files
              .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
              .filter(HandInFinder::isArchive)
              .toList();
      return archives.size() == 1 ? Optional.of(archives.get(0)) : Optional.empty();
    }
  }

  private static boolean holdsProgram(Path folder, List<String> programs) {
    return HandInBuild.isNeeded(folder)
        || programs.stream()
            .map(folder::resolve)
            .anyMatch(
                path ->
                    Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                        && !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS));
  }

  /** The subfolders that aren't hidden, in the order of their names; links don't count. */
  static List<Path> subfolders(Path folder) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)
            && !entry.getFileName().toString().startsWith(".")) {
          found.add(entry);
        }
      }
    } catch (DirectoryIteratorException unreadable) {
      throw unreadable.getCause();
    }
    found.sort(null);
    return found;
  }
}
